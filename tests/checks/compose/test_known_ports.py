"""The table of ports holds ports, each with a name."""

from pratique.checks.compose._known_ports import PORTS


def test_each_is_a_port_of_something() -> None:
    """None is that of a web server, which is there to be reached."""
    assert all(0 < port < 65536 and name for port, (name, _) in PORTS.items())
    assert PORTS.keys().isdisjoint({80, 443, 8080, 8443, 3000})
