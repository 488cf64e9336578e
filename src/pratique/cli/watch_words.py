"""Say what a watch could not do: what receivers have not taken, who did not answer or was not judged."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pratique.formats.text import printable

_MOST_NAMES = 3

if TYPE_CHECKING:
    from pratique.pipelines.watch_node import NodeWatch


def waiting(node: "NodeWatch") -> str:
    """Return which receivers have not taken everything; it goes out at the next start."""
    found = node.outlets.standing().items()
    late = [f"{one.waiting} wait for {printable(place)}" for place, one in found if one.waiting]
    return "".join(f", {words}" for words in late)


def lacking(node: "NodeWatch") -> str:
    """Return the notes as the end of a line."""
    return "".join(f", {words}" for words in notes(node))


def notes(node: "NodeWatch") -> Sequence[str]:
    """Return what a person should know of it, on the screen too."""
    found = []
    if count := node.given_up():
        found.append(f"{count} look-ups in containers got no answer")
    if names := node.unjudged():
        some = ", ".join(printable(one) for one in names[:_MOST_NAMES])
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        found.append(f"no baseline for {some}{more}")
    return tuple(found)
