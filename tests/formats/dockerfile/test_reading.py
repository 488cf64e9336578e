"""Single instructions say what they say."""

import pytest

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.reading import (
    base_of,
    mounts_of,
    pairs_of,
    sources_of,
    stages_named,
)


def only(text: str):
    (one,) = parse(text.encode()).instructions
    return one


def test_from() -> None:
    text = "FROM --platform=$X a:1@sha256:0 as Build"
    said = base_of(only(text))

    assert said is not None
    assert (said.image.value, said.alias, said.platform) == ("a:1@sha256:0", "build", "$X")
    assert said.image.span.of(text.encode()) == b"a:1@sha256:0"
    assert base_of(only("USER x")) is None


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("ENV A=1 B='x y'", [("A", "1"), ("B", "'x y'")]),
        ("ENV A the rest  of it", [("A", "the rest  of it")]),
        ("ARG A B=2", [("A", None), ("B", "2")]),
        ('LABEL "a.b"="c"', [("a.b", '"c"')]),
        ("ENV A=", [("A", "")]),
    ],
)
def test_pairs(text: str, pairs: list[tuple[str, str | None]]) -> None:
    assert [(pair.name, pair.value) for pair in pairs_of(only(text))] == pairs


def test_sources_and_destination() -> None:
    sources, place = sources_of(only('COPY ["a b", "c", "/d"]'))
    assert ([word.value for word in sources], place and place.value) == (["a b", "c"], "/d")


def test_where_files_come_from() -> None:
    run = only("RUN --mount=from=x,target=/y --mount=type=secret,id=k z")
    assert stages_named(run) == ("x",)
    assert [mount.type for mount in mounts_of(run)] == ["bind", "secret"]
    assert stages_named(only("COPY --from=build a b")) == ("build",)
