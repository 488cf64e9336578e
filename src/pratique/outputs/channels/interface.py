"""
Take records somewhere: the one interface of this folder.

A module has a class that implements ``Channel``; which one a place needs is said by ``outlets.channel_of``. Law: ``send`` returns when the receiver has taken all records, or raises
``NotDelivered``, which says how many of them it had taken; it never waits without a bound.
"""

from collections.abc import Sequence
from typing import Protocol

from pratique.model.errors import StorageError

TIMEOUT_S = 10.0
"""How long one exchange with a receiver may be silent."""


class NotDelivered(StorageError):
    """
    Report records that a receiver did not take.

    ``taken`` is how many of the front it took. ``refused`` means that it will never take the next one
    (malformed, too large); otherwise it is worth trying again, after ``wait_s`` where it asked for that.
    """

    fix = "see that the receiver runs and can be reached; what waits is kept"

    def __init__(
        self, message: str, *, taken: int = 0, refused: bool = False, wait_s: float = 0.0
    ) -> None:
        super().__init__(message)
        self.taken, self.refused, self.wait_s = taken, refused, wait_s


class Channel(Protocol):
    """One way to a receiver."""

    def send(self, records: Sequence[bytes]) -> None:
        """
        Give records to the receiver, in their order.

        Raises:
            NotDelivered: not all were taken.
        """

    def close(self) -> None:
        """Give back connections and files."""
