"""Write what linting gives: mended files, patches, and baselines of what is known."""

from pathlib import Path

import msgspec
from msgspec import Struct

from pratique.cli.outputs import replace_file, replace_unchanged, write_stdout
from pratique.formats.edits import unified_diff
from pratique.model.errors import UsageError
from pratique.pipelines.lint_files import Linted

_MOST_BYTES = 64 << 20


class Baseline(Struct, frozen=True, kw_only=True):
    """The ids of findings that are known; ``version`` is that of this form."""

    version: int = 1
    findings: tuple[str, ...] = ()


def differences(linted: Linted) -> bytes:
    """Return the fixes of all files as one patch."""
    return b"".join(
        unified_diff(
            one.source.name.removeprefix("./").lstrip("/"), one.source.content, one.mended.content
        )
        for one in linted.files
        if one.mended and one.source.content is not None
    )


def write_fixes(linted: Linted) -> None:
    """
    Put the mended bytes in place of each file that changed; standard input goes to standard output.

    Raises:
        StorageError: a file cannot be written; it is then as it was.
    """
    for one in linted.files:
        if one.mended is None:
            continue
        if one.source.place is None:
            write_stdout(one.mended.content)
        elif one.mended.content != one.source.content:
            replace_unchanged(one.source.place, one.source.content or b"", one.mended.content)


def read_baseline(place: Path) -> frozenset[str]:
    """
    Return the ids that a baseline holds.

    Raises:
        UsageError: it cannot be read, or is none.
    """
    try:
        with place.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{place}: {error.strerror}", hint="--write-baseline makes one") from None
    try:
        if len(content) > _MOST_BYTES:
            raise msgspec.DecodeError("too large")
        return frozenset(msgspec.json.decode(content, type=Baseline).findings)
    except msgspec.DecodeError as error:
        raise UsageError(f"{place} is no baseline: {error}") from None


def write_baseline(place: Path, linted: Linted) -> None:
    """
    Write the ids of all findings that count.

    Raises:
        StorageError: it cannot be written.
    """
    ids = {f.id for one in linted.report.subjects for f in one.findings if not f.suppressed}
    made = Baseline(findings=tuple(sorted(ids)))
    replace_file(place, msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")
