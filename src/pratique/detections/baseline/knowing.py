"""
Look up whether a baseline holds what a workload does, and how far outside it is.

Laws: what a baseline was learnt from is inside; a kind that overflowed has no outside; what people
wrote into a baseline (``*`` inside a name, a network) counts like what was learnt. ``distance`` is
0.25 for a known program with other arguments … 1.0 for what resembles nothing known.
"""

from collections.abc import Set as AbstractSet
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from msgspec import Struct

from pratique.detections.baseline.facts import Fact, Kind, Value
from pratique.detections.baseline.generalising import ANY, network_of
from pratique.model.baseline import Baseline, Destination, Listening, ProcessSeen

_Net = IPv4Network | IPv6Network
_ANYWHERE = ("0.0.0.0/0", "::/0")


class Outside(Struct, frozen=True):
    """A fact that a baseline does not hold, how far it is, and what of the baseline is nearest."""

    fact: Fact
    distance: float
    nearest: str = ""


class Known:
    """A baseline made ready for looking up."""

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline
        self._values: dict[Kind, frozenset[Value]] = {
            kind: frozenset(getattr(baseline, kind.value)) for kind in Kind
        }
        self._globs = {
            kind: tuple(one for one in values if isinstance(one, str) and "*" in one)
            for kind, values in self._values.items()
        }
        self._nets = _networks(self._values[Kind.DESTINATION])
        self._programs = {
            one.path for one in self._values[Kind.PROCESS] if isinstance(one, ProcessSeen)
        }

    def holds_program(self, path: str) -> bool:
        """Return whether a program was seen here."""
        return path in self._programs

    def outside(self, fact: Fact) -> Outside | None:
        """Return how far a fact is outside; None where it is inside, or cannot be judged."""
        kind, value = fact.kind, fact.value
        if kind.value in self.baseline.full or holds(kind, self._values[kind], value):
            return None
        if kind is Kind.SYSCALL and not self.baseline.syscalls_whole:
            return None
        if isinstance(value, str) and any(_fits(glob, value) for glob in self._globs[kind]):
            return None
        if isinstance(value, Destination) and self._in_network(value):
            return None
        distance, nearest = self._nearest(kind, value)
        return Outside(fact, distance, nearest)

    def _in_network(self, value: Destination) -> bool:
        if not self._nets:
            return False
        try:
            address = ip_address(value.to)
        except ValueError:
            return False
        return any(
            address in net and port in (0, value.port) and protocol == value.protocol
            for net, port, protocol in self._nets
        )

    def _nearest(self, kind: Kind, value: Value) -> tuple[float, str]:
        if isinstance(value, ProcessSeen):
            return self._near_process(value)
        if isinstance(value, Destination):
            return self._near_destination(value)
        if isinstance(value, Listening):
            return 1.0, ""
        if kind in (Kind.WRITE, Kind.LIBRARY):
            return self._near_path(kind, value)
        if kind is Kind.NAME:
            domain = "." + ".".join(value.split(".")[-2:])
            same = (one for one in self._values[kind] if isinstance(one, str))
            found = next((one for one in sorted(same) if ("." + one).endswith(domain)), "")
            return (0.5, found) if found else (1.0, "")
        return 1.0, ""

    def _near_process(self, value: ProcessSeen) -> tuple[float, str]:
        best = (1.0, "")
        for one in self._values[Kind.PROCESS]:
            if not isinstance(one, ProcessSeen):
                continue
            if one.path == value.path:
                near = (0.25 if one.parent == value.parent else 0.5, words(one))
            elif one.parent == value.parent and value.parent:
                near = (0.75, words(one))
            else:
                continue
            best = min(best, near)
        return best

    def _near_destination(self, value: Destination) -> tuple[float, str]:
        best, net = (1.0, ""), network_of(value.to)
        for one in self._values[Kind.DESTINATION]:
            if not isinstance(one, Destination):
                continue
            if one.to in (value.to, net) or (net and net == network_of(one.to)):
                best = min(best, (0.5, words(one)))
            elif one.port == value.port and value.port:
                best = min(best, (0.75, words(one)))
        return best

    def _near_path(self, kind: Kind, value: str) -> tuple[float, str]:
        folder = value.rpartition("/")[0]
        top = "/".join(value.split("/")[:2]) + "/"
        best = (1.0, "")
        for one in self._values[kind]:
            if isinstance(one, str) and one.rpartition("/")[0] == folder:
                best = min(best, (0.5, one))
            elif isinstance(one, str) and one.startswith(top):
                best = min(best, (0.75, one))
        return best


def holds(kind: Kind, values: AbstractSet[Value], value: Value) -> bool:
    """Return whether a set of learnt values holds one, itself or by what stands for it."""
    if value in values:
        return True
    if isinstance(value, ProcessSeen):
        return ProcessSeen(value.path, value.parent, ANY) in values
    if isinstance(value, Destination):
        net = network_of(value.to)
        wider = (net, _ANYWHERE[":" in net]) if net else ()
        return any(Destination(one, value.port, value.protocol) in values for one in wider)
    if kind is Kind.WRITE and isinstance(value, str):
        at = value.find("/", 1)
        while at > 0:
            if value[: at + 1] + ANY in values:
                return True
            at = value.find("/", at + 1)
    return False


def words(value: Value) -> str:
    """
    Return a value as people read it.

    >>> words(Destination("db.example.org", 5432)), words(Listening(80))
    ('db.example.org:5432/tcp', '80/tcp')
    """
    if isinstance(value, ProcessSeen):
        below = f" (below {value.parent})" if value.parent else ""
        return f"{value.path} {value.arguments}".rstrip() + below
    if isinstance(value, Destination):
        return f"{value.to}:{value.port}/{value.protocol}" if value.port else value.to
    if isinstance(value, Listening):
        return f"{value.port or 'any'}/{value.protocol}"
    return value


def _networks(values: AbstractSet[Value]) -> "tuple[tuple[_Net, int, str], ...]":
    found = []
    for one in values:
        if isinstance(one, Destination) and "/" in one.to and not one.to.startswith("unix:"):
            try:
                found.append((ip_network(one.to, strict=False), one.port, one.protocol))
            except ValueError:
                continue  # a name that holds a slash is no network, and no name either
    return tuple(found)


def _fits(glob: str, text: str) -> bool:
    """Return whether a pattern fits; ``*`` is any text without a slash, ``**`` at the end any text."""
    if glob.endswith(ANY):
        glob = glob[: -len(ANY)]
        parts = glob.count("/")
        text = "/".join(text.split("/")[:parts]) + "/" if text.count("/") >= parts else text
    return _fits_star(glob, text)


def _fits_star(glob: str, text: str) -> bool:
    # Two pointers that go back to the last star: the time is at most the product of the lengths.
    at = here = mark = 0
    star = -1
    while here < len(text):
        if at < len(glob) and glob[at] == "*":
            star, mark, at = at, here, at + 1
        elif at < len(glob) and glob[at] == text[here]:
            at, here = at + 1, here + 1
        elif star >= 0 and text[mark] != "/":
            mark += 1
            at, here = star + 1, mark
        else:
            return False
    return glob[at:].strip("*") == ""
