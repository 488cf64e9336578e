"""Secrets are taken out of variables, and every change says that they must be rotated."""

import pytest

from pratique.formats.edits import apply_edits
from pratique.model.finding import Finding, FindingKind
from pratique.remedies import remove_secrets as unit
from tests.makers.situation import image_of, layer_ref, situation

STEP = "COPY . /app # buildkit"


def secret(location: str, layer: int | None = None) -> Finding:
    ref = None if layer is None else layer_ref(layer)
    return Finding(id="s", kind=FindingKind.SECRET, rule="k", location=location, layer=ref)


@pytest.mark.parametrize(
    ("file", "result"),
    [
        ("FROM a\nENV TOKEN=x\nCMD c\n", b"FROM a\nCMD c\n"),
        ("FROM a\nENV A=1 TOKEN=x \\\n  B=2\n", b"FROM a\nENV A=1 \\\n  B=2\n"),
        ("FROM a\nENV TOKEN=x \\\n  B=2\n", b"FROM a\nENV B=2\n"),
        ("FROM a\nARG TOKEN=x\n", b"FROM a\n"),
    ],
)
def test_a_pair_is_taken_out(file: str, result: bytes) -> None:
    there = situation(dockerfile=file, image=image_of([]), more=[secret("config: ENV TOKEN")])
    (change,) = unit.propose(there)

    assert apply_edits(there.dockerfile.content, change.edits) == result
    assert change.clears == ("s",)
    assert unit.ROTATE in change.notes


def test_a_file_is_told_with_its_line() -> None:
    """Deleting it later does not help, so there is no edit."""
    there = situation(
        dockerfile="FROM a\nCOPY . /app\n", image=image_of([STEP]), more=[secret("app/it's.key", 1)]
    )
    (change,) = unit.propose(there)

    assert (change.line, change.edits) == (2, ())
    assert "line 2: COPY" in change.what
    assert change.commands == ("echo 'app/it'\"'\"'s.key' >> .dockerignore",)
    assert unit.ROTATE in change.notes


def test_a_file_named_like_a_variable_is_no_variable() -> None:
    there = situation(dockerfile="FROM a\nENV A=1\n", more=[secret("srv/A")])
    (change,) = unit.propose(there)
    assert change.edits == ()


def test_nothing_secret_is_nothing_to_do() -> None:
    assert list(unit.propose(situation(dockerfile="FROM a\n"))) == []
