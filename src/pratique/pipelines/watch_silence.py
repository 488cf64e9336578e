"""
Tell that a server which is asked beside the engines' files does not answer: a blind spot, not a stop.

Law: each silence is told once, when it begins; the next one of the same server is told again.
"""

from collections.abc import Sequence

from pratique.model.alert import Alert, Detector, Priority

_BLIND = {
    "cri": "what engines' files do not say of containers",
    "docker": "names and images of Docker's containers",
    "kubernetes": "owners and service accounts of pods",
}


class Silence:
    """The servers of one node that are silent now."""

    def __init__(self, node: str) -> None:
        self._node = node
        self._silent: set[str] = set()

    def news(self, silent: Sequence[tuple[str, str]], now_ns: int) -> tuple[Alert, ...]:
        """Return what to tell of those that are silent now, each by its name and why."""
        begun = [one for one in silent if one[0] not in self._silent]
        self._silent = {name for name, _ in silent}
        return tuple(self._alert(name, why, now_ns) for name, why in begun)

    def _alert(self, name: str, why: str, now_ns: int) -> Alert:
        return Alert(
            rule="server-silent",
            priority=Priority.NOTICE,
            time_ns=now_ns,
            detector=Detector.SENSOR,
            output=f"{_BLIND.get(name, 'what it tells')}: not known while {name} is silent: {why}",
            node=self._node,
        )
