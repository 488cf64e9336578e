"""Zip archives, those inside them, and what contradicts itself in them."""

from io import BytesIO

from msgspec.structs import replace

from fuzz.harness import Harness
from pratique.formats.zip.archive import Budget, ZipArchive
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError
from tests.makers.zips import Part, jar_of, zip_of

LIMITS = replace(DEFAULT, zip_entries=5_000, archive_bytes=8 << 20)
_DEPTH = 3


def _zip(content: bytes) -> None:
    budget = Budget(LIMITS.archive_bytes)
    waiting = [(ZipArchive(BytesIO(content), LIMITS, budget), 0)]
    while waiting:
        archive, depth = waiting.pop()
        archive.oddities  # noqa: B018 - looks at every member
        for member in archive.members()[:50]:
            try:
                archive.start(member, 100)
                archive.read(member, 1 << 16)
                if member.name.endswith(".jar") and depth < _DEPTH:
                    inner = ZipArchive(archive.open(member), LIMITS, budget)
                    waiting.append((inner, depth + 1))
            except FormatError:
                continue


def _seeds() -> list[bytes]:
    inner = jar_of({"META-INF/MANIFEST.MF": b"Implementation-Title: a\n"})
    return [
        jar_of({"a": b"x" * 99, "lib/b.jar": inner}),
        jar_of({"a": b"x", "lib/b.jar": inner}, stored=True),
        zip_of([Part(name=b"a", content=b"1"), Part(name=b"b", local_name=b"c")], wide=True),
        zip_of([Part(name=b"a", content=b"1")], before=b"#!/bin/sh\n", comment=b"a comment"),
    ]


HARNESSES = (Harness("zip", _zip, _seeds),)
