"""Inside or outside, how far, and what is nearest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.detections.baseline.facts import Fact, Kind, Value
from pratique.detections.baseline.knowing import Known, _fits, words
from pratique.model.baseline import Destination, Listening, ProcessSeen
from tests.makers.baselines import WEB_BASELINE

KNOWN = Known(WEB_BASELINE)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.WRITE, "/var/cache/nginx/a/b"),
        (Kind.DESTINATION, Destination("10.1.9.9", 8080)),
        (Kind.DESTINATION, Destination("unix:/run/db.sock", 0, "unix")),
        (Kind.LISTENING, Listening(80)),
    ],
)
def test_inside(kind: Kind, value: Value) -> None:
    assert KNOWN.outside(Fact(kind, value)) is None


@pytest.mark.parametrize(
    ("kind", "value", "distance"),
    [
        (Kind.PROCESS, ProcessSeen("/usr/sbin/nginx", "/bin/sh", "-t"), 0.25),
        (Kind.PROCESS, ProcessSeen("/usr/sbin/nginx", "/bin/cron", "-g *"), 0.5),
        (Kind.PROCESS, ProcessSeen("/usr/bin/curl", "/bin/sh"), 0.75),
        (Kind.PROCESS, ProcessSeen("/tmp/x", "/usr/sbin/nginx"), 1.0),
        (Kind.WRITE, "/var/log/nginx/x", 0.5),
        (Kind.WRITE, "/var/spool/x", 0.75),
        (Kind.WRITE, "/etc/passwd", 1.0),
        (Kind.WRITE, "/var/cache/nginx2", 0.75),
        (Kind.DESTINATION, Destination("db.example.org", 22), 0.5),
        (Kind.DESTINATION, Destination("192.0.2.1", 8080), 0.75),
        (Kind.DESTINATION, Destination("192.0.2.1", 4444), 1.0),
        (Kind.DESTINATION, Destination("10.1.9.9", 8080, "udp"), 0.5),
        (Kind.LISTENING, Listening(4444), 1.0),
        (Kind.NAME, "evil.example.org", 0.5),
        (Kind.NAME, "evil.example.com", 1.0),
        (Kind.CAPABILITY, "SYS_ADMIN", 1.0),
        (Kind.SYSCALL, "ptrace", 1.0),
        (Kind.LIBRARY, "/usr/lib/x.so", 0.5),
    ],
)
def test_how_far(kind: Kind, value: Value, distance: float) -> None:
    outside = KNOWN.outside(Fact(kind, value))
    assert outside is not None
    assert outside.distance == distance
    assert bool(outside.nearest) is (distance < 1)


def test_what_was_not_seen_whole_is_not_judged() -> None:
    some = Known(replace(WEB_BASELINE, syscalls_whole=False, full=("names",)))
    assert some.outside(Fact(Kind.SYSCALL, "ptrace")) is None
    assert some.outside(Fact(Kind.NAME, "evil.example.com")) is None


def test_what_people_wrote_counts() -> None:
    edited = replace(
        WEB_BASELINE,
        writes=("/srv/*.json", "/srv/up*/**"),
        names=("*.example.net",),
        destinations=(Destination("192.0.2.0/24", 443), Destination("198.51.100.0/24", 0)),
    )
    known = Known(edited)
    for kind, value in (
        (Kind.WRITE, "/srv/a.json"),
        (Kind.WRITE, "/srv/uploads/a/b"),
        (Kind.NAME, "x.example.net"),
        (Kind.DESTINATION, Destination("192.0.2.9", 443)),
        (Kind.DESTINATION, Destination("198.51.100.9", 22)),
    ):
        assert known.outside(Fact(kind, value)) is None, value
    assert known.outside(Fact(Kind.WRITE, "/srv/a/b.json"))
    assert known.outside(Fact(Kind.DESTINATION, Destination("192.0.2.9", 80)))


@given(st.text("a/*", max_size=12), st.text("a/", max_size=12))
def test_a_star_stays_in_one_name(glob: str, text: str) -> None:
    """A pattern without stars fits itself only; one star spans no slash."""
    if "*" not in glob:
        assert _fits(glob, text) is (glob == text)
    elif _fits(glob, text) and not glob.endswith("**"):
        assert glob.count("/") == text.count("/")


def test_a_hostile_pattern_costs_little() -> None:
    assert not _fits("/" + "*a" * 200 + "b", "/" + "a" * 5000)


def test_words() -> None:
    assert words(ProcessSeen("/bin/a", "/bin/sh", "-x")) == "/bin/a -x (below /bin/sh)"
    assert words(Listening(0, "udp")) == "any/udp"
    assert KNOWN.holds_program("/bin/sh")
    assert not KNOWN.holds_program("/bin/zsh")
