import pytest
from msgspec.structs import replace

from pratique.model.finding import Confidence
from pratique.model.report import Recipe
from pratique.reports import _places as places
from tests.makers import report as made

MINER, SECRET, TAMPER, INSIDE, ROOT, *_ = made.others()


def test_a_line_stands_behind_its_path():
    """A place is path and line; without a path there is no line."""
    assert places.place(SECRET) == "srv/web/.env:12"
    assert places.place(MINER) == "usr/local/bin/kworkerds"
    assert places.place(replace(SECRET, location="")) == ""


def test_what_has_no_place_is_about_the_image():
    """A setting of the config is the image's own."""
    assert places.about(ROOT) == "the image itself"
    assert places.about(made.findings()[0]) == "libssl3"
    assert places.about(INSIDE) == "srv/web/app.jar!config/db.yml:3"


def test_hidden_is_not_gone():
    """A file that a later layer deletes still ships, and that is what is said."""
    assert places.hidden(SECRET) == "hidden by layer 1, still shipped"
    assert places.hidden(INSIDE) == ""
    assert places.told(SECRET) == "AWS access key AKIA…(20), hidden by layer 1, still shipped"


RECIPE = Recipe(
    file="app/Dockerfile",
    layers={2: 7},
    base_layers=2,
    base=1,
    last=4,
    settings={"ENV": 5, "ENV TOKEN": 9},
)


@pytest.mark.parametrize(
    ("index", "place"),
    [
        (2, ("app/Dockerfile", 7)),  # its instruction
        (1, ("app/Dockerfile", 1)),  # of the base
        (3, ("", 1)),  # made by nobody knows what
        (-1, ("app/Dockerfile", 4)),  # the image as a whole
    ],
)
def test_an_image_points_at_the_dockerfile_that_made_it(index: int, place: tuple[str, int]):
    """At the instruction behind a layer, else at a FROM; nothing is made up."""
    layer = replace(made.layer_ref(0), index=index) if index >= 0 else None
    finding = replace(made.findings()[0], layer=layer)
    subject = replace(made.subject(), recipe=RECIPE)

    assert places.repository_line(finding, subject) == place
    if layer is None:
        set_there = replace(finding, location="config: ENV TOKEN")
        assert places.repository_line(set_there, subject) == ("app/Dockerfile", 9)
        set_there = replace(finding, location="config: ENV OTHER")
        assert places.repository_line(set_there, subject) == ("app/Dockerfile", 1)
        set_there = replace(finding, location="config: ENV")
        assert places.repository_line(set_there, subject) == ("app/Dockerfile", 5)
    elsewhere = replace(subject, recipe=replace(RECIPE, file="/tmp/Dockerfile"))
    assert places.repository_line(finding, elsewhere) == ("", 1)


def test_every_kind_has_its_words():
    """No kind is shown by its bare name."""
    assert set(places.KIND_WORDS) == set(places.FindingKind)


def test_a_detail_says_more_than_the_title():
    """What was seen is shown without its place, which stands beside it; flaws have none."""
    assert places.detail(MINER) == "speaks stratum, names three pools"
    assert places.detail(ROOT) == "the config names no user"
    assert places.detail(SECRET) == ""
    assert places.detail(replace(ROOT, description=ROOT.title)) == ""
    assert places.detail(made.findings()[0]) == ""


def test_what_is_only_perhaps_contraband_stands_behind_what_is():
    """Examples in packages must not push a leaked key out of sight; each says what it is."""
    doubtful = replace(MINER, confidence=Confidence.LOW)

    assert places.contraband_in([ROOT, doubtful, TAMPER, SECRET]) == [SECRET, TAMPER, doubtful]
    assert places.told(replace(SECRET, confidence=Confidence.LOW)).startswith("perhaps: AWS ")
    assert not places.is_doubtful(replace(ROOT, confidence=Confidence.LOW))
