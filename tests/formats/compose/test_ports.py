"""Ports are read in both forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.compose.ports import ports_of, short_port
from pratique.formats.compose.values import Value, values_of
from pratique.formats.documents.yaml_nodes import read_nodes


def ports(text: str) -> list[tuple[str, tuple[int, int], tuple[int, int], str]]:
    """Return what is read of a list."""
    root = values_of("f", read_nodes(text.encode())[0].root, {})
    return [(one.ip, one.published, one.target, one.protocol) for one in ports_of(root)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3000", ("", (0, 0), (3000, 3000), "tcp")),
        ("3000-3005", ("", (0, 0), (3000, 3005), "tcp")),
        ("'8000:80'", ("", (8000, 8000), (80, 80), "tcp")),
        ("'9090-9091:8080-8081'", ("", (9090, 9091), (8080, 8081), "tcp")),
        ("'127.0.0.1:8001:8001'", ("127.0.0.1", (8001, 8001), (8001, 8001), "tcp")),
        ("'127.0.0.1::5000'", ("127.0.0.1", (0, 0), (5000, 5000), "tcp")),
        ("'[::1]:80:80'", ("::1", (80, 80), (80, 80), "tcp")),
        ("6060:6060/udp", ("", (6060, 6060), (6060, 6060), "udp")),
        ("':80'", ("", (0, 0), (80, 80), "tcp")),
        (
            "{target: 80, host_ip: 127.0.0.1, published: '8080', protocol: udp}",
            ("127.0.0.1", (8080, 8080), (80, 80), "udp"),
        ),
    ],
)
def test_forms(text: str, wanted: object):
    """The forms of the reference."""
    assert ports(f"[{text}]" if text[0] in "'{" else f"- {text}") == [wanted]


def test_no_port_is_made_up():
    """What is none is left out."""
    assert ports("['a:b', '', '1:2:3:4', '80/']") == []


@given(st.text("0123456789:.-[]/tcpud", max_size=40))
def test_no_text_breaks_it(text: str):
    """A port, or none."""
    found = short_port(Value(text=text))
    assert found is None or found.target[0] <= 99999
