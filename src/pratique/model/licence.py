"""Sort licences by what they ask of whoever passes the software on."""

from enum import StrEnum


class LicenceClass(StrEnum):
    """
    The classes, mildest first; ``rank`` orders them. Unknown is not mild.

    >>> LicenceClass.STRONG_COPYLEFT.rank > LicenceClass.PERMISSIVE.rank
    True
    """

    PUBLIC_DOMAIN = "public-domain"
    """Nothing is asked."""
    PERMISSIVE = "permissive"
    """Keep the notices (MIT, BSD, Apache)."""
    WEAK_COPYLEFT = "weak-copyleft"
    """Changes to the licensed files or library itself stay free (LGPL, MPL, EPL)."""
    UNKNOWN = "unknown"
    """Nobody has read it yet."""
    STRONG_COPYLEFT = "strong-copyleft"
    """The whole work that is passed on has to be under the same licence (GPL)."""
    NETWORK_COPYLEFT = "network-copyleft"
    """Letting people use it over a network counts as passing it on (AGPL)."""
    RESTRICTED = "restricted"
    """Some uses are not allowed: proprietary, source-available, non-commercial."""

    @property
    def rank(self) -> int:
        """Return 0 for public domain, up to 6 for what restricts use."""
        return _RANK[self]


_RANK = {one: position for position, one in enumerate(LicenceClass)}
