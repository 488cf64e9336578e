"""Records become observations with every fact in its place, and damaged ones are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.kernel_events import layout
from pratique.formats.kernel_events.decode import decode
from pratique.formats.kernel_events.layout import Flag, Shape
from pratique.model.errors import FormatError
from pratique.model.observation import (
    Called,
    CgroupChanged,
    Duplicated,
    Executed,
    Exited,
    Forked,
    Mapped,
    Observation,
    Opened,
    Resolved,
    SocketUsed,
)
from tests.makers import kernel_records as make
from tests.makers.mutation import damaged

BOOT = 1_000_000
ANY = bytes(16)
ONE = bytes(15) + b"\1"
QUESTION = b"\0\1\1\0\0\1\0\0\0\0\0\0\7example\4test\0\0\1\0\1"


def act(shape: Shape, kind: str, body: bytes, **more: object) -> object:
    """Return what a record of that body tells."""
    return decode(make.record(shape, kind, body, **more), BOOT).act


def test_the_head() -> None:
    """Who, when, where, how often and with which result."""
    content = make.record(
        Shape.OPENED, "openat", make.opened(b"/x"), result=-2, count=9, stream=1 << 16 | 3
    )
    assert decode(content, BOOT) == Observation(
        "openat",
        Opened("/x", 0o2001, 3, 0o644, "", 5, 0x801, False, ""),
        BOOT + 5_000,
        100,
        101,
        99,
        1000,
        1001,
        21,
        22,
        11,
        12,
        "sh",
        -2,
        9,
        7,
        1 << 16 | 3,
    )


def test_opened_file() -> None:
    """What was passed stands beside what was opened; a chroot's place is told apart."""
    body = make.opened(b"/etc/shadow", b"/shadow", outside=4)
    told = act(Shape.OPENED, "open", body, flags=Flag.UPPER)
    assert (told.path, told.root, told.given, told.upper_layer) == (
        "/shadow",
        "/etc",
        "/shadow",
        True,
    )


def test_failed_open() -> None:
    """Its path is what was passed."""
    told = act(Shape.OPENED, "open", make.opened(b"", b"no", fd=-1), result=-2)
    assert (told.path, told.given, told.fd) == ("no", "no", -1)


def test_bytes_that_are_no_text() -> None:
    """They are shown by a mark, and lose nothing around them."""
    assert act(Shape.OPENED, "open", make.opened(b"/a\xff/b")).path == "/a�/b"


@given(st.binary(max_size=9), st.binary(max_size=9), st.integers(0, 9))
def test_texts_of_any_bytes(path: bytes, passed: bytes, outside: int) -> None:
    """Each is what its own bytes are as text, however the others end or begin."""
    outside = min(outside, len(path))
    for second in (passed, path, path[outside:]):
        told = act(Shape.OPENED, "open", make.opened(path, second, outside=outside))
        texts = (path[outside:], second, path[:outside])
        assert (told.path, told.given, told.root) == tuple(
            text.decode("utf-8", "replace") for text in (texts[0] or b"/", *texts[1:])
        )


def test_equal_texts_are_kept_once() -> None:
    """Most names are passed as they stand in the tree, and observations are many."""
    told = act(Shape.OPENED, "open", make.opened(b"/srv/x", b"/x", outside=4))
    assert told.given is told.path


def test_mapped_file() -> None:
    """A library has the same facts, and no descriptor."""
    told = act(
        Shape.OPENED, "mmap_exec", make.opened(b"/lib/x.so", mode=1), flags=Flag.UPPER | Flag.MEMFD
    )
    assert told == Mapped("/lib/x.so", 5, 0x801, True, True, shared=True)
    alone = act(Shape.OPENED, "mmap_exec", make.opened(b"/lib/x.so", mode=2))
    assert alone == Mapped("/lib/x.so", 5, 0x801)
    below = act(Shape.OPENED, "mmap_exec", make.opened(b"/tmp/r/lib/x.so", outside=6))
    assert below == Mapped("/lib/x.so", 5, 0x801, root="/tmp/r")


def test_execution() -> None:
    """Arguments, chosen variables, capabilities and times, each by itself."""
    body = make.executed(b"/bin/x", [b"x", b"", b"-c"], environment=[b"LD_PRELOAD=/e"])
    told = act(Shape.EXECUTED, "execve", body, flags=Flag.CUT)
    assert isinstance(told, Executed)
    assert (told.path, told.called, told.script, told.directory) == ("/bin/x", "./x", "", "/srv")
    assert (told.arguments, told.environment) == (("x", "", "-c"), ("LD_PRELOAD=/e",))
    assert (told.cap_effective, told.cap_permitted, told.cap_inheritable) == (1, 3, 2)
    assert (told.session, told.process_group, told.virtual_pid, told.tty) == (50, 51, 2, 0x8801)
    assert (told.changed_ns, told.modified_ns) == (10_000_000_030, 20_000_000_040)
    assert (told.login_uid, told.cut, told.memfd) == (1000, True, False)


def test_script() -> None:
    """Where an interpreter runs, the script is what was called."""
    body = make.executed(b"/bin/dash", [b"/bin/sh", b"./x"], interpreter=b"/bin/sh")
    told = act(Shape.EXECUTED, "execve", body)
    assert (told.path, told.script) == ("/bin/dash", "./x")


def test_lives_of_processes() -> None:
    """Births name the child, ends the code and when it began."""
    assert act(Shape.FORKED, "fork", layout.FORKED.pack(7, 2)) == Forked(7, 2)
    assert act(Shape.EXITED, "procexit", layout.EXITED.pack(256, 0, 9)) == Exited(256, BOOT + 9)


def test_sockets() -> None:
    """Addresses are written as one reads them; what has none is empty."""
    told = act(Shape.SOCKET, "connect", make.socket(2, (make.LOOPBACK, 9), (make.LOOPBACK, 80)))
    assert told == SocketUsed(4, 2, 1, 6, "127.0.0.1", 9, "127.0.0.1", 80)
    told = act(Shape.SOCKET, "connect", make.socket(10, (ANY, 9), (ONE, 80)))
    assert (told.local_address, told.remote_address, told.family) == ("::", "::1", 10)
    told = act(Shape.SOCKET, "connect", make.socket(10, (ANY, 9), (make.LOOPBACK, 80)))
    assert (told.remote_address, told.family) == ("127.0.0.1", 2)
    assert act(Shape.SOCKET, "listen", make.socket(10, (ANY, 9), (ANY, 0))).remote_address == ""


def test_unix_sockets() -> None:
    """A path ends at its NUL; an abstract name is written with an @."""
    told = act(Shape.SOCKET, "connect", make.socket(1, (ANY, 0), (ANY, 0), b"/run/x\0junk"))
    assert (told.path, told.family, told.remote_address) == ("/run/x", 1, "")
    assert act(Shape.SOCKET, "bind", make.socket(1, (ANY, 0), (ANY, 0), b"\0abc")).path == "@abc"


def test_what_went_through_a_socket() -> None:
    """It stands behind the path, as bytes."""
    body = make.socket(1, (ANY, 0), (ANY, 0), b"/run/x", b"\xca\xfe\0")
    told = act(Shape.SOCKET, "sendto", body)
    assert (told.path, told.data) == ("/run/x", b"\xca\xfe\0")
    body = make.socket(2, (make.LOOPBACK, 9), (make.LOOPBACK, 80), data=b"GET /")
    assert act(Shape.SOCKET, "recvfrom", body).data == b"GET /"


def test_copied_descriptors() -> None:
    """A copy says what it stands for: a file, a pipe, a connection."""
    copy = layout.COPY.pack(5, 0)
    told = act(Shape.DUPLICATED_FILE, "dup2", copy + make.opened(b"/dev/null"))
    assert isinstance(told, Duplicated)
    assert (told.old_fd, told.new_fd, told.file.path) == (5, 0, "/dev/null")
    body = copy + make.socket(2, (make.LOOPBACK, 9), (make.LOOPBACK, 80))
    assert act(Shape.DUPLICATED_SOCKET, "dup2", body).file.remote_port == 80


def test_dns() -> None:
    """A question goes to its server; what is no DNS on that port is told too."""
    told = act(Shape.DNS, "dns", make.dns(QUESTION))
    assert told == Resolved("example.test", 1, (), "127.0.0.1", False, 0)
    assert act(Shape.DNS, "dns", make.dns(b"SSH-2.0")).code == -1


def test_control_groups() -> None:
    """Birth, death and who enters."""
    body = layout.CGROUP.pack(77, 4, 100, 5, 0, 0, 0) + b"/pods"
    assert act(Shape.CGROUP, "cgroup_mkdir", body) == CgroupChanged("/pods", 77, 4, True)
    assert act(Shape.CGROUP, "cgroup_rmdir", body) == CgroupChanged("/pods", 77, 4, False)
    assert act(Shape.CGROUP, "cgroup_attach", body) == Called((100, 77, 4), "/pods")


def test_refusals() -> None:
    """What was stopped: a file by its name, a destination by address and port."""
    file = layout.REFUSED.pack(5, 8 << 20 | 1, 1, ANY, 0, 3, 0) + b"./x".ljust(256, b"\0")
    assert act(Shape.REFUSED, "refused", file) == Called((1, 5, 0x801, 0), "./x")
    place = layout.REFUSED.pack(0, 0, 3, make.LOOPBACK, 443, 0, 0) + bytes(256)
    assert act(Shape.REFUSED, "refused", place) == Called((3, 0, 0, 443), "127.0.0.1 443")


SAMPLES = [
    make.record(Shape.OPENED, "openat", make.opened(b"/etc/shadow", b"x")),
    make.record(Shape.EXECUTED, "execve", make.executed(b"/bin/x", [b"x"], interpreter=b"y")),
    make.record(Shape.NAMES, "renameat2", make.names([1, 2], (2, b"a", b"/b"), (2, b"c", b""))),
    make.record(Shape.SOCKET, "connect", make.socket(1, (ANY, 0), (ANY, 0), b"/run/x")),
    make.record(Shape.DNS, "dns", make.dns(QUESTION)),
    make.record(Shape.CGROUP, "cgroup_mkdir", layout.CGROUP.pack(7, 4, 1, 1, 0, 0, 0) + b"/"),
]


@given(damaged(SAMPLES))
def test_damage_never_crashes(content: bytes) -> None:
    """A record that is not whole is refused as such, whatever is wrong with it."""
    try:
        decode(content, BOOT)
    except FormatError:
        pass


@pytest.mark.parametrize("sample", SAMPLES)
def test_cut_records_are_refused(sample: bytes) -> None:
    """No prefix of a record is a record."""
    for end in range(len(sample)):
        with pytest.raises(FormatError):
            decode(sample[:end], BOOT)
