"""
Run the samples of files of sequences, beside those of rules.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from pratique.detections.correlation.language import MARK, read_sequence
from pratique.detections.correlation.samples import try_samples
from pratique.model.errors import UsageError
from pratique.pipelines.load_rules import rule_files

MAX_BYTES = 1 << 20
_MARK = re.compile(rb"^" + MARK.encode() + rb"\s*:", re.MULTILINE)


class TriedSequence(Struct, frozen=True, kw_only=True):
    """What became of the samples of one sequence: ``wrong`` names those that did not do as they say."""

    name: str
    place: str
    samples: int
    wrong: tuple[str, ...] = ()


def is_sequence(content: bytes) -> bool:
    """
    Return whether a file says that it is a sequence, so that one command can test both kinds.

    >>> is_sequence(b"# mine" + bytes([10]) + b"pratique-sequence: 1"), is_sequence(b"- rule: x")
    (True, False)
    """
    return bool(_MARK.search(content[:MAX_BYTES]))


def told_apart(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """
    Return the files of rules and those of sequences, where files and folders of both are named.

    Raises:
        UsageError: a path cannot be read, or a folder holds neither.
    """
    files = [(Path(one.path), is_sequence(one.content)) for one in rule_files(paths)]
    rules = tuple(path for path, sequence in files if not sequence)
    return rules, tuple(path for path, sequence in files if sequence)


def try_sequence(path: Path) -> TriedSequence:
    """
    Return what a sequence makes of its samples.

    Raises:
        UsageError: the file cannot be read, or has a mistake.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"{path} is larger than {MAX_BYTES} bytes")
    sequence = read_sequence(content, str(path))
    tried = tuple(try_samples(sequence))
    return TriedSequence(
        name=sequence.name,
        place=str(path),
        samples=len(tried),
        wrong=tuple(
            f"{one.sample.name}: {'is silent' if one.wanted else 'fires'}"
            for one in tried
            if one.fired != one.wanted
        ),
    )
