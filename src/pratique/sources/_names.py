"""Compare and list image names, as archives hold them in short and long forms."""

from collections.abc import Iterable

from pratique.formats.image.reference import InvalidReference, parse_reference
from pratique.model.digest import InvalidDigest

_SHOWN = 20
_LONGEST = 200


def whole_name(name: str) -> str:
    """
    Return the complete form of a reference, other text as it is.

    >>> whole_name("alpine:3.20"), whole_name("Not A Name")
    ('docker.io/library/alpine:3.20', 'Not A Name')
    """
    try:
        return str(parse_reference(name))
    except (InvalidReference, InvalidDigest):
        return name


def short_name(name: str) -> str:
    """
    Return the form of a reference that people write, other text as it is.

    >>> short_name("docker.io/library/alpine:3.20")
    'alpine:3.20'
    """
    try:
        return parse_reference(name).familiar if "/" in name or ":" in name else name
    except (InvalidReference, InvalidDigest):
        return name


def listing(names: Iterable[str]) -> str:
    """
    Return names in one line to choose from, sorted, the first twenty.

    >>> listing(["b:1", "a:2", "b:1"])
    'a:2, b:1'
    """
    shown = sorted({name[:_LONGEST] for name in names})
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more
