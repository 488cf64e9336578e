"""
Tell flaws that a Go program cannot have, because the functions that have them are not in it.

Laws: only a record that names packages or functions can be answered; where one record on the flaw
names them and another (an alias from elsewhere) does not, the naming one is followed, except that
the Go database's own silence counts: it means the whole module. One function that is there is
enough. A statement for other systems than the program's does not count. A program whose functions
are not known has all of them.
Source: https://go.dev/doc/security/vuln/database#schema (``imports``); govulncheck in binary mode
answers alike.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pratique.formats.programs.go_symbols import symbol_hash
from pratique.matchers._queries import Claim
from pratique.model.advisory import Import
from pratique.model.finding import Finding, Suppressor
from pratique.model.package import Linked, Package

_DATABASE = "GO-"
_HASH_BYTES = 4


def by_reachability(
    finding: Finding, package: Package, standing: Sequence[Claim], claims: Sequence[Claim]
) -> Finding:
    """
    Return the finding, suppressed where the program does not contain what has the flaw.

    Args:
        finding: on one flaw of ``package``.
        package: with what is known of its functions.
        standing: the claims that make the finding.
        claims: all claims on the flaw.
    """
    if package.linked is None:
        return finding
    imports = _imports(standing, claims)
    if not imports or any(_contains(package.linked, one) for one in imports):
        return finding
    return replace(
        finding,
        suppressed=_reason(package.linked, imports),
        suppressed_by=Suppressor.REACHABILITY,
        vex_status="not_affected",
        vex_justification="vulnerable_code_not_present",
    )


def _imports(standing: Sequence[Claim], claims: Sequence[Claim]) -> list[Import]:
    """Return where the flaw is, nothing where a record means the whole module or nobody says."""
    naming = [claim for claim in standing if claim.candidate.affected.imports]
    if any(_is_silent(claim) for claim in standing):
        return []
    told = naming or [claim for claim in claims if claim.candidate.affected.imports]
    return [one for claim in told for one in claim.candidate.affected.imports]


def _is_silent(claim: Claim) -> bool:
    own = claim.candidate.advisory.id.startswith(_DATABASE)
    return own and not claim.candidate.affected.imports


def _contains(linked: Linked, wanted: Import) -> bool:
    if not _runs(linked.system, wanted.systems) or not _runs(linked.arch, wanted.arches):
        return False
    at = bisect_left(linked.packages, wanted.path)
    if linked.packages[at : at + 1] != (wanted.path,):
        return False
    return not wanted.symbols or any(
        _has(linked.symbols, symbol_hash(wanted.path, symbol)) for symbol in wanted.symbols
    )


def _runs(here: str, where: Sequence[str]) -> bool:
    return not where or not here or here in where


def _has(symbols: bytes, wanted: bytes) -> bool:
    """Return whether a sorted row of hashes holds one."""
    count = len(symbols) // _HASH_BYTES
    at = bisect_left(range(count), wanted, key=lambda n: _nth(symbols, n))
    return at < count and _nth(symbols, at) == wanted


def _nth(symbols: bytes, n: int) -> bytes:
    return symbols[n * _HASH_BYTES : (n + 1) * _HASH_BYTES]


def _reason(linked: Linked, imports: Sequence[Import]) -> str:
    here = [
        one
        for one in imports
        if _runs(linked.system, one.systems) and _runs(linked.arch, one.arches)
    ]
    if not here:
        where = sorted({name for one in imports for name in (*one.systems, *one.arches)})
        return f"not reachable: the flaw is on {', '.join(where[:4])} only"
    names = list(dict.fromkeys(_names(here)))
    others = len(names) - 1
    more = f" nor {others} other{'s' if others > 1 else ''} that have the flaw" if others else ""
    return f"not reachable: the program does not contain {names[0]}{more}"


def _names(imports: Sequence[Import]) -> Iterator[str]:
    for one in imports:
        yield from (
            (f"{one.path}.{symbol}" for symbol in one.symbols) if one.symbols else (one.path,)
        )
