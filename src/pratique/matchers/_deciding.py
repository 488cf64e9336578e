"""
Decide, for one flaw in one package, whose word counts and what it says.

Laws, in this order:
1. The feed of best precedence that speaks of the flaw decides: its "not affected" and its "fixed"
   silence what lower feeds claim. One whose statement cannot be compared leaves it to the next.
2. Within it, a record about the flaw itself beats an erratum that names it among others.
3. What is left is affected when any of it says so (a later erratum for the same flaw means that
   the first fix was not enough).
4. Data of a paid offer never make a package worse: they speak only where the release itself is
   silent or says nothing that can be compared, or clear what the release left unfixed: because the
   package carries the paid fix, or because the offer, which looks on after the release's end, found
   it not affected; of the offer's words, too, the best feed's count. Where the release has a fix of
   its own they are not quoted. Where it has none and the offer has, the offer's version is the fix,
   which then names the offer.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from pratique.formats.versions.order import key_for
from pratique.matchers._queries import Claim
from pratique.matchers._ranges import Standing
from pratique.model.advisory import FixState
from pratique.model.errors import FormatError
from pratique.model.finding import Fix


class Decision(Struct, frozen=True):
    """
    What holds for one flaw: the claims that stand (best first), and those nobody could decide.

    No standing claim and no undecided one: the package is not affected.
    """

    standing: tuple[Claim, ...] = ()
    undecided: tuple[Claim, ...] = ()


def decide(claims: Sequence[Claim]) -> Decision:
    """Return what the claims about one flaw, sorted by rank, say of the package."""
    deciding = _deciding(claims)
    free = [claim for claim in deciding if not claim.query.offer]
    standing = _affected([c for c in free if _is_decided(c)] or deciding)
    paid = [claim for claim in claims if claim.query.offer]
    if standing and free and not _fixed(standing) and _cleared(paid):
        return Decision()
    undecided = tuple(c for c in deciding if c.verdict.standing is Standing.UNDECIDED)
    if not standing:
        return Decision(undecided=undecided)
    heard = [claim for claim in claims if not claim.query.offer] if _fixed(standing) else claims
    others = [claim for claim in _affected(heard) if claim not in standing]
    return Decision((*standing, *others), undecided)


def _fixed(standing: Sequence[Claim]) -> bool:
    return all(claim.verdict.fix for claim in standing)


def _cleared(paid: Sequence[Claim]) -> bool:
    own = _speaking(claim for claim in paid if _is_decided(claim))
    clear = any(c.verdict.standing in (Standing.FIXED, Standing.NOT_AFFECTED) for c in own)
    return clear and not _affected(own)


def fix_of(standing: Sequence[Claim]) -> Fix:
    """
    Return the fix by the deciding feed: the last fixed version, or its word on why there is none.

    A fix that only an offer has is a fix which names the offer.
    """
    own = _speaking(claim for claim in standing if not claim.query.offer)
    paid = _speaking(claim for claim in standing if claim.query.offer)
    for claims in (own, paid):
        if claims and _fixed(claims):
            version = _last([claim.verdict.fix for claim in claims], claims[0])
            return Fix(state=FixState.FIXED, version=version, offer=claims[0].query.offer)
    unfixed = next(claim for claim in own or paid if not claim.verdict.fix)
    state = unfixed.candidate.affected.state
    return Fix(state=state if state in _NO_FIX else FixState.NOT_FIXED)


def _speaking(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims of the best feed among them, records of the flaw before errata."""
    listed = list(claims)
    own = [claim for claim in listed if claim.rank == listed[0].rank]
    return [claim for claim in own if not claim.flaws.erratum] or own


def _deciding(claims: Sequence[Claim]) -> list[Claim]:
    decided = [claim for claim in claims if _is_decided(claim)]
    best = (decided or claims)[0].rank
    return _speaking(claim for claim in claims if claim.rank == best)


def _is_decided(claim: Claim) -> bool:
    return claim.verdict.standing is not Standing.UNDECIDED


def _affected(claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.verdict.standing is Standing.AFFECTED]


def _last(versions: list[str], claim: Claim) -> str:
    order = key_for(claim.query.ecosystem)
    try:
        return max(versions, key=order)
    except FormatError:
        return versions[0]


_NO_FIX = frozenset(
    {
        FixState.WILL_NOT_FIX,
        FixState.DEFERRED,
        FixState.UNDER_INVESTIGATION,
        FixState.END_OF_LIFE,
        FixState.NOT_FIXED,
    }
)
