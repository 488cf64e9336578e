"""
Read reports that were made earlier: the baseline of a gate, and the sides of a diff.

Law: what is no report of this program is a ``UsageError``; an old report lacks fields, never meaning.
Bounds: ``MAX_BYTES`` of a file, and those of ``formats.documents.json``.
"""

from pathlib import Path

from msgspec import convert

from pratique.formats.documents.json import parse_json
from pratique.kit.store import Store
from pratique.model.errors import FormatError, UsageError
from pratique.model.finding import Finding, FindingKind
from pratique.policy.judging import Known, known_key
from pratique.policy.recorded import EarlierReport

MAX_BYTES = 48 << 20
"""Reading takes about eight times as much; as many bytes hold some 40,000 findings."""


def read_report(file: Path) -> EarlierReport:
    """
    Return what a JSON report says.

    Raises:
        UsageError: absent, unreadable, too large, or no report.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}", hint="check its name and rights") from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"{file}: larger than {MAX_BYTES} bytes")
    try:
        report = parse_json(content, EarlierReport)
    except FormatError as error:
        raise UsageError(f"{file}: {error}", hint=_HINT) from None
    if not report.schema.startswith("pratique.report/"):
        raise UsageError(f"{file}: no report of pratique", hint=_HINT)
    return report


def is_report(file: Path) -> bool:
    """Whether a file begins like a report of ours, so that it need not be read whole."""
    try:
        with file.open("rb") as opened:
            return b'"pratique.report/' in opened.read(256)
    except OSError:
        return False


def known_findings(baseline: str, data_folder: Path | None) -> Known:
    """
    Return the findings that do not count again; no baseline: none.

    Raises:
        UsageError: neither a report nor the digest of a stored image.
    """
    if not baseline:
        return Known()
    if baseline.startswith(("sha256:", "sha512:")):
        return _stored(baseline, data_folder)
    report = read_report(Path(baseline))
    found = (one for subject in report.subjects for one in subject.findings)
    keys = frozenset(known_key(one) for one in found if not one.suppressed) - {""}
    return Known(about=f"{baseline} of {report.created[:10]}", keys=keys)


def _stored(digest: str, data_folder: Path | None) -> Known:
    store = Store(data_folder or Path())
    try:
        holder = next((one for one in store.holders() if one.digest == digest), None)
        if holder is None:
            raise UsageError(
                f"no stored image has the digest {digest[:40]}…",
                hint="store one with `pratique scan --store`, or give a JSON report",
            )
        keys: set[str] = set()
        for number, piece, judged in store.pieces():
            if holder in store.holders(number):
                keys.update(_key(piece.package.purl, flaw.rule) for flaw in judged)
    finally:
        store.close()
    return Known(about=f"{holder.target} stored on {holder.stored[:10]}", keys=frozenset(keys))


def _key(purl: str, rule: str) -> str:
    fields = {"id": "", "kind": FindingKind.VULNERABILITY, "rule": rule, "package": purl}
    return known_key(convert(fields, Finding))


_HINT = "make one with `pratique scan -o json=FILE`"
