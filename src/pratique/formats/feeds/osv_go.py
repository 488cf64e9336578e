"""
Read what the Go vulnerability database adds to OSV: where in a module the flaw is, and versions
that Go itself does not know.

``imports`` names the packages and functions that have the flaw. ``custom_ranges`` are the
publisher's own release numbers, where the module's versions as Go sees them say nothing (a program
released as 9.5.3 whose module has no tag that Go accepts): the record's real range is then "every
version", which would accuse every release for ever.

Law of ``own_ranges``: they replace a range without an end, and only such a one; versions that Go
made up for want of a tag (``v0.0.0-date-hash``) stay affected, as the record says.
Bounds: ``MAX_IMPORTS``, ``MAX_SYMBOLS`` of one statement; more than that and the statement is
taken to mean the whole module, which suppresses nothing.
Source: https://go.dev/doc/security/vuln/database, https://go.dev/issue/62270 (custom ranges).
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from pratique.formats.feeds.osv_ranges import DescribedRange, pairs
from pratique.model.advisory import Import, Range

MAX_IMPORTS = 200
MAX_SYMBOLS = 5000


class _Import(Struct):
    path: str = ""
    symbols: list[str] | None = None
    goos: list[str] | None = None
    goarch: list[str] | None = None


class _Specific(Struct):
    imports: list[_Import] | None = None
    custom_ranges: list[DescribedRange] | None = None


_DECODER = msgspec.json.Decoder(_Specific)
_UNTAGGED = Range("0", "", "0.0.0", "", "ECOSYSTEM")
"""Every version before the first a tag can name."""


def imports_of(raw: msgspec.Raw) -> tuple[Import, ...]:
    """
    Return the packages and functions that ``ecosystem_specific`` names, none if it names none.

    >>> raw = msgspec.Raw(b'{"imports": [{"path": "html", "symbols": ["Parse"]}]}')
    >>> imports_of(raw)
    (Import(path='html', symbols=('Parse',), systems=(), arches=()),)
    """
    found = _specific(raw, b'"imports"')
    imports = found.imports if found else None
    if not imports or len(imports) > MAX_IMPORTS or not all(one.path for one in imports):
        return ()
    if sum(len(one.symbols or ()) for one in imports) > MAX_SYMBOLS:
        return ()
    return tuple(
        Import(one.path, tuple(one.symbols or ()), tuple(one.goos or ()), tuple(one.goarch or ()))
        for one in imports
    )


def own_ranges(ranges: Sequence[Range], raw: msgspec.Raw) -> tuple[Range, ...]:
    """
    Return the publisher's own ranges where ``ranges`` have no end, else ``ranges``.

    >>> raw = '{"custom_ranges": [{"events": [{"introduced": "8.1"}, {"fixed": "8.5"}]}]}'
    >>> [one.fixed for one in own_ranges([Range(kind="SEMVER")], msgspec.Raw(raw.encode()))]
    ['8.5', '']
    """
    if not ranges or any(one.fixed or one.last_affected or one.limit for one in ranges):
        return tuple(ranges)
    found = _specific(raw, b'"custom_ranges"')
    own: list[Range] = []
    for described in (found.custom_ranges if found else None) or ():
        own += pairs(described.events or (), "ECOSYSTEM") or ()
    if not own:
        return tuple(ranges)
    return tuple(own) if any(one.introduced == "0" for one in own) else (*own, _UNTAGGED)


def _specific(raw: msgspec.Raw, key: bytes) -> _Specific | None:
    if key not in bytes(raw):
        return None
    try:
        return _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
