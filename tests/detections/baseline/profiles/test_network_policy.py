"""Ports that are served and addresses that are reached are open; the rest is not."""

from msgspec.structs import replace

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.profiles.network_policy import refuses, write
from pratique.formats.documents.yaml import parse_yaml
from pratique.model.baseline import Destination, Listening
from tests.makers.baselines import WEB_BASELINE

ONE = replace(
    WEB_BASELINE,
    workload="shop/web/app",
    destinations=(
        Destination("10.1.0.0/16", 8080),
        Destination("127.0.0.1", 9),
        Destination("192.0.2.7", 443),
        Destination("2001:db8::1", 443),
        Destination("db.example.org", 5432),
        Destination("unix:/x", 0, "unix"),
    ),
)


def test_the_policy() -> None:
    found = parse_yaml(write(ONE).text.encode())
    spec = found["spec"]  # type: ignore[index, call-overload]
    assert found["metadata"]["namespace"] == "shop"  # type: ignore[index, call-overload]
    assert spec["ingress"] == [  # type: ignore[index, call-overload]
        {"ports": [{"port": "80", "protocol": "TCP"}, {"port": "443", "protocol": "TCP"}]}
    ]
    blocks = [one["to"][0]["ipBlock"]["cidr"] for one in spec["egress"] if "to" in one]  # type: ignore[index, call-overload]
    assert blocks == ["10.1.0.0/16", "192.0.2.7/32", "2001:db8::1/128"]
    assert any("db.example.org is a name" in note for note in write(ONE).notes)


def test_nothing_served_is_nothing_open() -> None:
    assert "ingress: []" in write(replace(ONE, listens=())).text
    chosen = write(replace(ONE, listens=(Listening(0),)))
    assert any("kernel chose" in note for note in chosen.notes)


def test_refusals() -> None:
    def to(name: str, port: int, protocol: str = "tcp") -> str:
        return refuses(ONE, Fact(Kind.DESTINATION, Destination(name, port, protocol)))

    assert to("203.0.113.1", 4444)
    assert not to("203.0.113.1", 5432)  # the port of a name is open to all
    assert not to("10.1.2.3", 8080)
    assert not to("8.8.8.8", 53, "udp")
    assert not to("127.0.0.1", 1)
    assert refuses(ONE, Fact(Kind.LISTENING, Listening(4444)))
    assert not refuses(ONE, Fact(Kind.LISTENING, Listening(0)))
