"""Law: what is not known is absent, and text of an image is bounded, valid and without NUL."""

from msgspec.structs import replace

from pratique.model.advisory import Epss, Exploited
from pratique.model.digest import sha256_of
from pratique.model.finding import FindingKind
from pratique.model.licence import LicenceClass
from pratique.model.part import BaseImage, Part, Recognition
from pratique.model.severity import Score, Severity
from pratique.model.unknown import Stage, Unknown
from pratique.policy.case import Case
from pratique.policy.cel.facts import (
    FIELDS,
    clean,
    data_facts,
    finding_facts,
    image_facts,
    package_facts,
    unknown_facts,
)
from tests.policy.cases import FRESH, NOW, OPENSSL, flaw, image, of_kind, subject

BARE = Case(subject=subject(), findings=(), data=(FRESH,), now=NOW)


def test_what_is_not_known_is_absent() -> None:
    facts = finding_facts(flaw(published="", package="", package_name="", package_version=""), BARE)
    for name in ("epss", "kev", "cvss", "published", "age_days", "package", "part", "reachable"):
        assert name not in facts
    assert "in_use" not in facts
    assert "age_days" not in image_facts(BARE)


def test_what_is_known_is_there() -> None:
    scores = (Score("nvd", "CVSS:3.1", "AV:N", 7.5), Score("x", "CVSS:3.1", "AV:L", 9.1))
    finding = flaw(
        epss=Epss(probability=0.4), exploited=Exploited(added="2026-11-12"), scores=scores
    )
    facts = finding_facts(finding, BARE)
    kev = facts["kev"]

    assert facts["epss"] == 0.4
    assert isinstance(kev, dict)
    assert (kev["since"], kev["days"]) == ("2026-11-12", 10.5)
    assert facts["cvss"] == {"value": 9.1, "vector": "AV:L", "source": "x"}
    assert facts["severity_rank"] == Severity.CRITICAL.rank


def test_an_image_without_a_config_has_no_user() -> None:
    case = replace(BARE, subject=subject(image=None))
    assert "user" not in image_facts(case)


def test_a_licence_a_part_and_a_base_are_offered() -> None:
    package = replace(
        OPENSSL,
        licence_expression="Apache-2.0",
        licence_class=LicenceClass.PERMISSIVE,
        part=Part.BASE,
    )
    facts = package_facts(package)
    said = [facts[name] for name in ("licence", "licence_class", "licence_rank", "part")]
    assert said == ["Apache-2.0", "permissive", 1, "base"]
    assert not {"licence", "licence_class", "licence_rank", "part"} & package_facts(OPENSSL).keys()


def test_a_base_says_no_more_than_is_known() -> None:
    """A guess has no name and no digest; a stored image has both, and its age."""
    guess = BaseImage(how=Recognition.HISTORY, layers=1, guessed=True)
    digest = sha256_of(b"base")
    known = BaseImage(
        how=Recognition.LAYERS, layers=1, name="debian:12", digest=digest, created="2026-11-12"
    )

    def base(one: BaseImage, **more: object) -> object:
        case = replace(BARE, subject=replace(subject(), base=one, **more))
        return image_facts(case)["base"]

    assert base(guess) == {"how": "history", "guessed": True, "layers": 1}
    assert base(known) == {
        "how": "layers",
        "guessed": False,
        "layers": 1,
        "name": "debian:12",
        "digest": str(digest),
        "age_days": 10.5,
    }
    ended = base(guess, findings=(of_kind(FindingKind.END_OF_LIFE),))
    assert isinstance(ended, dict)
    assert ended["eol"] is True


def test_ports_are_numbers() -> None:
    one = image(exposed_ports=("8080/tcp", "53/udp", "all", "999999"))
    facts = image_facts(replace(BARE, subject=subject(image=one)))
    assert facts["ports"] == [8080, 53]


def test_every_fact_is_documented() -> None:
    unknown = Unknown(stage=Stage.EXTRACT, unit="wheel", location="x", reason="cut")
    assert unknown_facts(unknown).keys() == FIELDS["unknown"].keys()
    assert package_facts(OPENSSL).keys() <= FIELDS["pkg"].keys()
    (debian,) = data_facts((FRESH,), BARE).values()
    assert isinstance(debian, dict)
    assert debian.keys() == FIELDS["data"].keys()


def test_text_is_clean_all_the_way_down() -> None:
    dirty = {"a\0": ["\udcff", {"b": "x" * 9000}]}
    found = clean(dirty)  # type: ignore[arg-type]
    assert found == {"a\ufffd": ["?", {"b": "x" * 8192}]}
