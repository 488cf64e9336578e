"""Laws: both styles name the same repositories; source packages and disabled ones do not count."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.packages.apt_sources import (
    MAX_SOURCES,
    AptSource,
    parse_deb822_sources,
    parse_sources_list,
)

DOCKER = AptSource("https://download.docker.com/linux/debian", ("bookworm",), ("stable",))


def test_both_styles_say_the_same() -> None:
    line = (
        b"deb-src https://a.test/ x main\n# deb https://b.test/ x main\n"
        b"deb [arch=amd64 signed-by=/etc/apt/keyrings/docker.asc] "
        b"https://download.docker.com/linux/debian bookworm stable # ours\n"
    )
    fields = (
        b"Types: deb deb-src\nURIs: https://download.docker.com/linux/debian\n"
        b"Suites: bookworm\nComponents: stable\nSigned-By:\n -----BEGIN\n .\n\n"
        b"Enabled: no\nTypes: deb\nURIs: https://b.test/\nSuites: x\nComponents: main\n\n"
        b"Types: deb-src\nURIs: https://c.test/\nSuites: x\n"
    )
    assert parse_sources_list(line) == parse_deb822_sources(fields) == [DOCKER]


def test_the_host_is_told_without_user_and_port() -> None:
    def host(uri: str) -> str:
        return AptSource(uri, ("x",)).host

    assert host("https://u:p@Apt.Acme.test:8443/x") == "apt.acme.test"
    assert host("file:/srv/apt") == host("cdrom:[x]/") == ""


@given(st.binary(max_size=300))
def test_any_bytes_are_read(content: bytes) -> None:
    for parse in (parse_sources_list, parse_deb822_sources):
        assert all(source.uri for source in parse(content))


def test_a_file_is_read_in_bounds() -> None:
    assert len(parse_sources_list(b"deb https://a.test x y\n" * 5000)) == MAX_SOURCES
