"""
Remember which names observed DNS answers gave to addresses, for each control group by itself.

Nobody is asked: an address has the name that the same control group was last told for it, so that
a look-up of our own neither floods a server nor tells another answer. What one container is told
names nothing for another one: it could have told itself. And it can: whoever is in the container asks a
server of his own, or sends the answer himself, so a rule must not let pass by such a name what it would
tell otherwise. Law: bounded in groups and in addresses of each; an answer is kept as long as it says, but at least ``LEAST_S``, because connections are made
after it ran out, and at most ``MOST_S``.
"""

from pratique.model.observation import Resolved

MOST_GROUPS = 4_096
MOST_ADDRESSES = 4_096
LEAST_S = 300
MOST_S = 86_400
_NS = 1_000_000_000
_NOTHING = ("", "")


class Names:
    """
    Names of addresses by control group.

    >>> names = Names()
    >>> names.learn(7, Resolved("evil.example.", answers=("192.0.2.1",), response=True), 0)
    >>> names.of(7, "192.0.2.1", 1), names.of(8, "192.0.2.1", 1)
    ('evil.example', '')
    """

    def __init__(self) -> None:
        self.evicted = 0
        self._groups: dict[int, dict[str, tuple[int, str]]] = {}

    def learn(self, group: int, act: Resolved, now_ns: int) -> None:
        """Take an answer; questions and refusals name nothing."""
        if not act.response or act.code or not act.answers:
            return
        known = self._groups.pop(group, None)
        if known is None:
            known = {}
            if len(self._groups) >= MOST_GROUPS:
                self.evicted += 1
                del self._groups[next(iter(self._groups))]
        self._groups[group] = known  # the group heard of last is forgotten last
        name = act.name.rstrip(".")
        until = now_ns + min(max(act.ttl_s, LEAST_S), MOST_S) * _NS
        for answer in act.answers:
            if ":" not in answer and not answer.replace(".", "").isdigit():
                continue  # a name that the question leads through, no address
            if answer not in known and len(known) >= MOST_ADDRESSES:
                self.evicted += 1
                del known[next(iter(known))]
            known.pop(answer, None)
            known[answer] = until, name

    def of_ends(self, group: int, remote: str, local: str, now_ns: int) -> tuple[str, str]:
        """Return the names of both ends of a connection for a control group, each may be nothing."""
        if group not in self._groups:
            return _NOTHING
        return self.of(group, remote, now_ns), self.of(group, local, now_ns)

    def of(self, group: int, address: str, now_ns: int) -> str:
        """Return the name of an address for a control group, or nothing."""
        known = self._groups.get(group)
        found = known.get(address) if known else None
        return found[1] if found is not None and found[0] >= now_ns else ""
