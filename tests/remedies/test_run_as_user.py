"""An image that runs as root gets a user, before what describes how it starts."""

import pytest
from msgspec.structs import replace

from pratique.formats.edits import apply_edits
from pratique.model.finding import Finding, FindingKind
from pratique.remedies import run_as_user as unit
from pratique.remedies.interface import Breaks
from tests.makers.situation import image_of, situation

ROOT = Finding(id="r", kind=FindingKind.CONFIG, rule="x", names=("x", "CIS-DI-0001"))


def test_the_user_stands_before_the_end() -> None:
    file = "FROM a\nRUN b\nEXPOSE 80\n# how it starts\nCMD c\n"
    there = situation(dockerfile=file, image=image_of([]), more=[ROOT])
    (change,) = unit.propose(there)

    content = apply_edits(there.dockerfile.content, change.edits)
    assert content == b"FROM a\nRUN b\nUSER 65532:65532\nEXPOSE 80\n# how it starts\nCMD c\n"
    assert change.clears == ("r",)


def test_a_file_without_an_end_gets_it_last() -> None:
    there = situation(dockerfile="FROM a\nRUN b", image=image_of([]))
    (change,) = unit.propose(there)
    content = apply_edits(there.dockerfile.content, change.edits)
    assert content == b"FROM a\nRUN b\nUSER 65532:65532"


@pytest.mark.parametrize(
    ("file", "user"), [("FROM a\n", "app"), ("FROM a\nUSER app\n", ""), ("FROM a\n", "1000:0")]
)
def test_who_has_a_user_keeps_it(file: str, user: str) -> None:
    there = situation(dockerfile=file, image=image_of([], user=user))
    assert list(unit.propose(there)) == []


def test_without_a_dockerfile_it_is_advice() -> None:
    (change,) = unit.propose(situation(image=image_of([], user="0")))
    assert (change.edits, change.commands) == ((), ("USER 65532:65532",))


@pytest.mark.parametrize(
    ("entrypoint", "cmd", "breaks"),
    [
        ((), ("nginx", "-g", "daemon off;"), Breaks.MAJOR),
        (("/docker-entrypoint.sh",), ("apache2ctl", "-D", "FOREGROUND"), Breaks.MAJOR),
        (("/bin/sh", "-c"), ("exec /usr/sbin/php-fpm8.2 -F",), Breaks.MAJOR),
        (("java", "-jar"), ("/srv/nginx-tool.jar",), Breaks.MINOR),
        ((), (), Breaks.MINOR),
    ],
)
def test_a_server_that_drops_its_rights_itself_needs_them_first(
    entrypoint: tuple[str, ...], cmd: tuple[str, ...], breaks: Breaks
) -> None:
    """As distributions ship it, it could not open its log, its process file or its port."""
    image = image_of([])
    config = replace(image.config, entrypoint=entrypoint, cmd=cmd)
    (change,) = unit.propose(situation(image=replace(image, config=config)))

    assert change.breaks is breaks
    assert len(change.notes) == (2 if breaks is Breaks.MAJOR else 1)
