"""
Read the published ports of a service, in their short and long form.

Short: ``[[IP:][HOST]:]CONTAINER[/PROTOCOL]``, where HOST and CONTAINER may be ranges and an IPv6 address
stands in brackets. Source: https://docs.docker.com/reference/compose-file/services/#ports
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from pratique.formats.compose.values import Value

_RANGE = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?")
_SHORT = re.compile(
    r"(?:(?P<ip>\[[0-9a-fA-F:.]{2,45}\]|[0-9A-Za-z.-]{1,253}|):)??"
    r"(?:(?P<host>[0-9]{0,5}(?:-[0-9]{1,5})?):)?(?P<target>[0-9]{1,5}(?:-[0-9]{1,5})?)"
    r"(?:/(?P<protocol>[a-z]{2,5}))?"
)
_EVERYWHERE = frozenset({"", "0.0.0.0", "::", "*"})  # noqa: S104


class Port(Struct, frozen=True, kw_only=True):
    """
    A published port.

    ``published`` and ``target`` are first and last port; 0 where the engine chooses or it is not
    known. ``ip`` is the host's address, empty where none is said. ``known``: every variable has a value.
    """

    at: Value
    target: tuple[int, int] = (0, 0)
    published: tuple[int, int] = (0, 0)
    ip: str = ""
    protocol: str = "tcp"
    known: bool = True
    short: bool = True

    @property
    def everywhere(self) -> bool:
        """Return whether it listens on all addresses of the host."""
        return self.ip in _EVERYWHERE

    def has(self, ports: Iterable[int]) -> int:
        """Return the first of these ports that is one of the container's, 0 for none."""
        first, last = self.target
        return next((port for port in ports if first <= port <= last), 0)


def ports_of(value: Value) -> Iterator[Port]:
    """Yield the ports that can be read."""
    for item in value.items:
        if item.is_mapping:
            yield _long(item)
        elif found := short_port(item):
            yield found


def short_port(item: Value) -> Port | None:
    """
    Return the port of a short form, None where it is none.

    >>> from pratique.formats.documents.yaml_nodes import read_nodes
    >>> from pratique.formats.compose.values import values_of
    >>> node = read_nodes(b"'127.0.0.1:8000-8001:80-81/udp'")[0].root
    >>> port = short_port(values_of("f", node, {}))
    >>> port.ip, port.published, port.target, port.protocol
    ('127.0.0.1', (8000, 8001), (80, 81), 'udp')
    """
    match = _SHORT.fullmatch(item.text.strip()[:400])
    if match is None:
        return None
    return Port(
        at=item,
        target=_range(match["target"]),
        published=_range(match["host"] or ""),
        ip=(match["ip"] or "").strip("[]"),
        protocol=match["protocol"] or "tcp",
        known=not item.unset,
    )


def _long(item: Value) -> Port:
    names = ("target", "published", "host_ip")
    return Port(
        at=item,
        target=_range(item.at("target").text),
        published=_range(item.at("published").text),
        ip=item.at("host_ip").text,
        protocol=item.at("protocol").text or "tcp",
        known=not any(item.at(name).unset for name in names),
        short=False,
    )


def _range(text: str) -> tuple[int, int]:
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return 0, 0
    return int(match[1]), int(match[2] or match[1])
