"""Say what a watch could not do: what receivers have not taken, what containers have not answered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pratique.formats.text import printable

if TYPE_CHECKING:
    from pratique.pipelines.watch_node import NodeWatch


def waiting(node: "NodeWatch") -> str:
    """Return which receivers have not taken everything; it goes out at the next start."""
    found = node.outlets.standing().items()
    late = [f"{one.waiting} wait for {printable(place)}" for place, one in found if one.waiting]
    return "".join(f", {words}" for words in late)


def given_up(node: "NodeWatch") -> str:
    """Return how many look-ups in containers got no answer in time, where there were any."""
    return "".join(f", {words}" for words in notes(node))


def notes(node: "NodeWatch") -> Sequence[str]:
    """Return what a person should know of it on the screen."""
    count = node.given_up()
    return (f"{count} look-ups in containers got no answer",) if count else ()
