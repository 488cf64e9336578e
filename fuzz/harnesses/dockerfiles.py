"""Dockerfiles: the tree covers every byte, and all that is read from it ends."""

from fuzz.harness import Harness
from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.reading import mounts_of, pairs_of, sources_of, stages_named
from pratique.formats.dockerfile.stages import stages_of


def _dockerfile(content: bytes) -> None:
    file = parse(content)
    assert file.write() == content
    for one in file.instructions:
        mounts_of(one)
        pairs_of(one, file.escape)
        sources_of(one, file.escape)
        stages_named(one)
    stages_of(file)


def _seeds() -> list[bytes]:
    return [
        b"# syntax=a/b:1\n# escape=`\nFROM a AS b\nRUN dir c:\\ `\n # c\n\n  && x\n",
        b"ARG V=1\nFROM --platform=$P a:${V:-2}\nENV A='x y' B=$V\nCOPY --from=b <<E <<-'F' /d\n"
        b"$A\nE\n\tx\n\tF\n",
        b'\xef\xbb\xbfFROM a\r\nONBUILD RUN --mount=type=cache,target=/x y\r\nCMD ["a", "\\u0041"]',
    ]


HARNESSES = (Harness("dockerfile", _dockerfile, _seeds),)
