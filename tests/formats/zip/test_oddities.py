"""Find where an archive says one thing to one reader and another to the next."""

import io

import pytest

from pratique.formats.zip.archive import ZipArchive
from pratique.formats.zip.oddities import OddityKind
from tests.makers.zips import Part, jar_of, zip_of

A, B = Part(name=b"a", content=b"hello" * 9), Part(name=b"b", content=b"world" * 9)


def _kinds(content: bytes) -> set[OddityKind]:
    return {oddity.kind for oddity in ZipArchive(io.BytesIO(content)).oddities}


@pytest.mark.parametrize(
    "content",
    [
        zip_of([A, B]),
        zip_of([A, B], wide=True),
        zip_of([A, B], before=b"#!/bin/sh\nexec java -jar $0\n"),
        zip_of([A, B], comment=b"built on a Tuesday"),
        zip_of([]),
        jar_of({"lib/inner.jar": jar_of({"a": b"x"})}, stored=True),
    ],
)
def test_an_honest_archive_has_none(content: bytes) -> None:
    """A start script, a comment and stored archives inside are honest."""
    assert _kinds(content) == set()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zip_of([A, B], before=b"\x7fELF"), OddityKind.LEADING_DATA),
        (zip_of([A]) + zip_of([B]), OddityKind.LEADING_DATA),
        (zip_of([A, B]) + b"<script>", OddityKind.TRAILING_DATA),
        (zip_of([A], comment=b"PK\5\6" + bytes(30)), OddityKind.SEVERAL_ENDS),
        (zip_of([A, B], count=3), OddityKind.COUNT),
        (
            zip_of([A, Part(name=b"b", content=A.content, at=0, local_name=b"a")]),
            OddityKind.OVERLAP,
        ),
        (zip_of([A, Part(name=b"a", content=b"other")]), OddityKind.DUPLICATE),
        (zip_of([Part(name=b"a.txt", local_name=b"A.class")]), OddityKind.NAME),
        (zip_of([A, Part(name=b"b", at=7)]), OddityKind.NO_HEADER),
    ],
)
def test_each_contradiction_is_told(content: bytes, kind: OddityKind) -> None:
    """One archive made for each."""
    assert kind in _kinds(content)


def test_many_of_one_kind_are_cut() -> None:
    """An archive cannot make the report long."""
    parts = [Part(name=b"%d" % number, local_name=b"x") for number in range(500)]

    assert len(ZipArchive(io.BytesIO(zip_of(parts))).oddities) == 100
