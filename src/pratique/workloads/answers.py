"""
Remember what was said of control groups, until it may be wrong.

Law: what is remembered is what would be said anew. On a node where containers come and go all the
time, asking for all groups anew at each change is most of the work, so only what a change concerns is
forgotten. Bound: ``MOST_ANSWERS``, beyond which all are asked for anew, which is slower and not wrong.
"""

from collections.abc import Set

from pratique.model.workload import Workload

MOST_ANSWERS = 65_536


class Answers:
    """What was said, by the numbers of a group in the two hierarchies; read ``said`` at each event."""

    def __init__(self, most: int = MOST_ANSWERS) -> None:
        self.most = most
        self.said: dict[tuple[int, int], Workload | None] = {}
        self._two: set[int] = set()
        self._one: set[int] = set()

    def keep(self, cgroup: int, cgroup_v1: int, answer: Workload | None) -> None:
        """Remember what was said."""
        if max(len(self.said), len(self._two), len(self._one)) >= self.most:
            self.clear()
            self._two.clear()
            self._one.clear()
        self._two.add(cgroup)
        self._one.add(cgroup_v1)
        self.said[cgroup, cgroup_v1] = answer

    def clear(self) -> None:
        """Forget all of it."""
        self.said.clear()

    def forget(
        self, identities: Set[str], two: Set[int] = frozenset(), one: Set[int] = frozenset()
    ) -> None:
        """Forget what was said of some containers, the empty id for what is in doubt, and of some groups."""
        stale = [
            key
            for key, said in self.said.items()
            if (said is not None and said.id in identities) or key[0] in two or key[1] in one
        ]
        for key in stale:
            del self.said[key]

    def born(self, number: int, *, old: bool) -> None:
        """
        Forget what was said of a number that is used again, in the old hierarchy or the new one.

        Most births are of numbers that nobody asked for: a container that makes groups all day long must
        not make each of them as dear as all that was ever asked.
        """
        asked = self._one if old else self._two
        if number not in asked:
            return
        numbers = frozenset({number})
        if old:
            self.forget(frozenset(), one=numbers)
        else:
            self.forget(frozenset(), two=numbers)
        asked.discard(number)
