"""
Read the project's own exceptions: findings that somebody answers for, until a day.

::

    pratique-exceptions: 1
    exceptions:
      - id: CVE-2024-0001
        package: pkg:deb/debian/openssl     # or a name; optional
        path: srv/app/**                    # a glob; optional
        owner: team-payments
        reason: the parser is not reachable from outside
        expires: 2026-12-31

Laws: owner, reason, expiry and an id are demanded, and no field is passed over: a file that lacks
or mistypes one is refused as a whole. An exception holds through the day it names.
"""

from datetime import timedelta

from pratique.formats.documents.value import Value, items, mapping, text
from pratique.formats.ignore.rule import EVERY_KIND, IgnoreFile, IgnoreRule
from pratique.formats.ignore.times import instant
from pratique.model.errors import FormatError

MARK = "pratique-exceptions"
_KEYS = ("id", "package", "path", "owner", "reason", "expires")
_DEMANDED = ("id", "owner", "reason", "expires")


def read_exceptions(document: Value, place: str) -> IgnoreFile:
    """
    Return the exceptions of a parsed document; ``place`` names the file.

    Raises:
        FormatError: another version, or an entry that lacks or mistypes something.
    """
    top = mapping(document)
    if text(top.get(MARK)) != "1":
        raise FormatError(f"{MARK} must be 1: another version is not known")
    unknown = sorted(set(top) - {MARK, "exceptions"})
    if unknown:
        raise FormatError(f"the field {unknown[0][:40]!r} is not known")
    listed = enumerate(items(top.get("exceptions")))
    rules = tuple(_rule(mapping(one), f"exceptions[{number}]", place) for number, one in listed)
    return IgnoreFile(rules=rules)


def _rule(entry: dict[str, Value], where: str, file: str) -> IgnoreRule:
    unknown = sorted(set(entry) - set(_KEYS))
    if unknown:
        raise FormatError(f"{where}: the field {unknown[0][:40]!r} is not known")
    for key in _DEMANDED:
        if not text(entry.get(key)):
            raise FormatError(
                f"{where}: {key} is missing", hint="an exception needs " + ", ".join(_DEMANDED)
            )
    written = text(entry.get("expires"))
    end = instant(written)
    if end is None:
        raise FormatError(f"{where}: {written[:20]!r} is no date (YYYY-MM-DD)")
    if len(written.strip()) <= 10:
        end += timedelta(days=1)
    package = text(entry.get("package"))
    is_purl = package.startswith("pkg:")
    return IgnoreRule(
        place=f"{file}: {where}",
        kinds=EVERY_KIND,
        names=(text(entry.get("id")),),
        purls=(package,) if is_purl else (),
        package="" if is_purl else package,
        paths=tuple(filter(None, (text(entry.get("path")),))),
        owner=text(entry.get("owner")),
        reason=text(entry.get("reason")),
        expires=end.isoformat(),
        exception=True,
    )
