"""Secrets are taken out of variables, and every change says that they must be rotated."""

import pytest
from msgspec.structs import replace

from pratique.formats.edits import apply_edits
from pratique.model.finding import Confidence, Evidence, Finding, FindingKind
from pratique.remedies import remove_secrets as unit
from tests.makers.situation import image_of, layer_ref, situation

STEP = "COPY . /app # buildkit"


def secret(location: str, layer: int | None = None, *more: str) -> Finding:
    ref = None if layer is None else layer_ref(layer)
    evidence = tuple(Evidence(advisory="k", feed="pratique", name=name) for name in more)
    return Finding(
        id="s", kind=FindingKind.SECRET, rule="k", location=location, layer=ref, evidence=evidence
    )


@pytest.mark.parametrize(
    ("file", "result"),
    [
        ("FROM a\nENV TOKEN=x\nCMD c\n", b"FROM a\nCMD c\n"),
        ("FROM a\nENV A=1 TOKEN=x \\\n  B=2\n", b"FROM a\nENV A=1 \\\n  B=2\n"),
        ("FROM a\nENV TOKEN=x \\\n  B=2\n", b"FROM a\nENV B=2\n"),
        ("FROM a\nENV TOKEN x\nRUN b\n", b"FROM a\nRUN b\n"),
    ],
)
def test_a_pair_is_taken_out(file: str, result: bytes) -> None:
    there = situation(dockerfile=file, image=image_of([]), more=[secret("config: ENV TOKEN")])
    (change,) = unit.propose(there)

    assert apply_edits(there.dockerfile.content, change.edits) == result
    assert change.clears == ("s",)
    assert unit.ROTATE in change.notes


def test_a_check_that_names_several_is_one_change() -> None:
    """All of its variables go, or the finding would stay."""
    finding = replace(
        secret("config: ENV A", None, "config: ENV A", "config: ENV C"),
        kind=FindingKind.CONFIG,
        rule="secret-in-environment",
    )
    there = situation(dockerfile="FROM a\nENV A=1 B=2 C=3\nENV C=4\n", more=[finding])
    (change,) = unit.propose(there)

    assert apply_edits(there.dockerfile.content, change.edits) == b"FROM a\nENV B=2\n"


def test_what_to_mask_where_the_patch_is_shown() -> None:
    there = situation(
        dockerfile="FROM a\nENV A=1 TOKEN='abcdef' \\\n  B=2\n",
        more=[secret("config: ENV TOKEN")],
    )
    (change,) = unit.propose(there)
    assert unit.values_in(change, {there.name: there.dockerfile.content}) == {"abcdef"}
    other = replace(change, remedy="other")
    assert unit.values_in(other, {there.name: there.dockerfile.content}) == set()


def test_a_build_step_is_looked_up_in_the_history() -> None:
    image = image_of(["ARG TOKEN=x", "RUN /bin/sh -c y"])
    there = situation(
        dockerfile="FROM a\nARG TOKEN=x\nRUN y\n",
        image=image,
        more=[secret("config: build step 2")],
    )
    (change,) = unit.propose(there)
    assert change.what == "Take TOKEN out of ARG"
    assert apply_edits(there.dockerfile.content, change.edits) == b"FROM a\nRUN y\n"


def test_a_build_argument_is_found_in_the_step_that_was_given_it() -> None:
    """Of several, the one that is called like a secret."""
    image = image_of(["RUN |2 MODE=prod A_TOKEN=x /bin/sh -c y # buildkit"])
    there = situation(
        dockerfile="FROM a\nARG MODE=prod\nARG A_TOKEN=x\nRUN y\n",
        image=image,
        more=[secret("config: build step 2")],
    )
    (change,) = unit.propose(there)
    assert apply_edits(there.dockerfile.content, change.edits) == b"FROM a\nARG MODE=prod\nRUN y\n"


def test_what_stands_beside_a_secret_stays() -> None:
    image = image_of(["ENV PORT=1 DB_PASSWORD=x MODE=y"])
    there = situation(
        dockerfile="FROM a\nENV PORT=1 DB_PASSWORD=x MODE=y\n",
        image=image,
        more=[secret("config: ENV DB_PASSWORD", None, "config: build step 2")],
    )
    (change,) = unit.propose(there)
    content = apply_edits(there.dockerfile.content, change.edits)
    assert content == b"FROM a\nENV PORT=1 MODE=y\n"


def test_an_argument_without_a_value_holds_nothing() -> None:
    there = situation(
        dockerfile="FROM a\nARG TOKEN\n",
        image=image_of(["ARG TOKEN=x"]),
        more=[secret("config: build step 2")],
    )
    (change,) = unit.propose(there)
    assert change.edits == ()


def test_a_file_is_told_with_its_line() -> None:
    """Deleting it later does not help, so there is no edit."""
    there = situation(
        dockerfile="FROM a\nCOPY . /app\n", image=image_of([STEP]), more=[secret("app/it's.key", 1)]
    )
    (change,) = unit.propose(there)

    assert (change.line, change.edits, change.clears) == (2, (), ("s",))
    assert "line 2: COPY" in change.what
    assert change.commands == ("echo 'app/it'\"'\"'s.key' >> .dockerignore",)
    assert unit.ROTATE in change.notes


def test_a_file_named_like_a_variable_is_no_variable() -> None:
    there = situation(dockerfile="FROM a\nENV A=1\n", more=[secret("srv/A")])
    (change,) = unit.propose(there)
    assert change.edits == ()


def test_what_is_only_perhaps_a_secret_asks_for_no_change() -> None:
    """Packages of others are full of examples: nobody can keep those out, nor rotate them."""
    doubtful = replace(secret("app/node_modules/a/README.md"), confidence=Confidence.LOW)
    in_env = replace(secret("config: ENV TOKEN"), confidence=Confidence.LOW)
    there = situation(
        dockerfile="FROM a\nENV TOKEN=x\n", image=image_of([]), more=[doubtful, in_env]
    )

    assert [change.what for change in unit.propose(there)] == ["Take TOKEN out of ENV"]


def test_nothing_secret_is_nothing_to_do() -> None:
    assert list(unit.propose(situation(dockerfile="FROM a\n"))) == []
