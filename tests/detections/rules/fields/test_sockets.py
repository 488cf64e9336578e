"""Both ends of a connection are known by who serves, and by who is here."""

import pytest
from msgspec.structs import replace

from pratique.model.observation import SocketUsed
from tests.detections.rules.fields.reading import read
from tests.makers.happenings import event

OUT = SocketUsed(3, 2, 1, 6, "10.0.0.1", 50000, "192.0.2.9", 443)
IN = SocketUsed(3, 2, 1, 6, "10.0.0.1", 8080, "192.0.2.9", 51000)
ENDS = ("fd.cip", "fd.cport", "fd.sip", "fd.sport")


def test_who_connects_is_the_client() -> None:
    """The remote end serves."""
    seen = event("connect", OUT)

    assert read(seen, *ENDS) == ["10.0.0.1", 50000, "192.0.2.9", 443]
    assert read(seen, "fd.lip", "fd.lport", "fd.rip", "fd.rport") == [
        "10.0.0.1",
        50000,
        "192.0.2.9",
        443,
    ]
    assert read(seen, "fd.name", "fd.is_server") == ["10.0.0.1:50000->192.0.2.9:443", False]


@pytest.mark.parametrize("kind", ["accept", "accept4", "recvfrom", "sendto"])
def test_who_accepts_or_has_the_lower_port_is_the_server(kind: str) -> None:
    """The local end serves, and the name begins with the client."""
    seen = event(kind, IN)

    assert read(seen, *ENDS) == ["192.0.2.9", 51000, "10.0.0.1", 8080]
    assert read(seen, "fd.name", "fd.is_server") == ["192.0.2.9:51000->10.0.0.1:8080", True]


def test_either_end_is_asked_for_together() -> None:
    """What is unknown is left out."""
    assert read(event("connect", OUT), "fd.ip", "fd.port") == [
        ("10.0.0.1", "192.0.2.9"),
        (50000, 443),
    ]
    assert read(event("connect", SocketUsed(family=2, remote_port=53)), "fd.ip", "fd.port") == [
        None,
        (53,),
    ]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (SocketUsed(family=2, kind=1), ["ipv4", "4", "ip", "tcp"]),
        (SocketUsed(family=10, kind=2), ["ipv6", "6", "ip", "udp"]),
        (SocketUsed(family=2, kind=3, protocol=1), ["ipv4", "4", "ip", "icmp"]),
        (SocketUsed(family=2, kind=3), ["ipv4", "4", "ip", "raw"]),
        (SocketUsed(family=1, kind=1, path="/s"), ["unix", "u", "unix", None]),
        (SocketUsed(family=16), [None, None, None, None]),
    ],
)
def test_what_kind_of_socket_it_is(act: SocketUsed, said: list[str | None]) -> None:
    """By family, kind and protocol."""
    seen = event("socket", act)

    assert read(seen, "fd.type", "fd.typechar", "fd.sockfamily", "fd.l4proto") == said


def test_a_unix_socket_has_a_path_and_no_ends() -> None:
    """Its name is its path."""
    seen = event("connect", SocketUsed(3, 1, 1, path="/run/docker.sock"))

    assert read(seen, "fd.name", "fd.sip", "fd.ip") == ["/run/docker.sock", None, None]
    assert read(seen, "fd.name_changed", "fd.connected") == [True, None]


def test_a_connection_stands_once_the_call_succeeded() -> None:
    """One in progress has its peer's name already."""
    assert read(event("connect", OUT), "fd.connected", "fd.name_changed") == [True, True]
    assert read(event("connect", OUT, result=-115), "fd.connected", "fd.name_changed") == [
        False,
        True,
    ]
    assert read(event("connect", OUT, result=-111), "fd.name_changed") == [False]
    datagram = SocketUsed(3, 2, 2, 17, "10.0.0.1", 5, "192.0.2.9", 53)
    assert read(event("sendto", datagram), "fd.connected") == [False]


def test_names_come_from_observed_answers() -> None:
    """Of each end by itself, whichever serves."""
    names = ("fd.sip.name", "fd.cip.name", "fd.rip.name", "fd.lip.name")
    there = event("connect", OUT, remote_name="c2.example")
    here = event("accept", IN, remote_name="c2.example")

    assert read(there, *names) == ["c2.example", None, "c2.example", None]
    assert read(here, *names) == [None, "c2.example", "c2.example", None]
    assert read(event("connect", OUT), *names) == [None] * 4
    both = replace(here, local_name="web.example")
    assert read(both, *names) == ["web.example", "c2.example", "c2.example", "web.example"]
