"""
What is asked for comes, whole and counted; what is not stays in the kernel.

Needs root and BTF (``PRATIQUE_REQUIRE=bpf``).
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pratique.model.interest import Interest
from pratique.model.observation import (
    Observation,
    Opened,
    PathChanged,
    SocketUsed,
)
from pratique.sensors import ebpf
from tests.sensors.doing import (
    begin,
    finish,
    require_bpf,
    started,
    told_until,
)

OPENAT = frozenset({"openat"})


def test_equal_acts_are_counted_and_none_is_missing(tmp_path: Path) -> None:
    """The first is told at once, the others with their number within a second."""
    require_bpf()
    with ebpf.Watching(Interest(types=frozenset({"openat"}))) as watching:
        doer = begin(
            "open('f', 'w').close()\nfor _ in range(500): os.close(os.open('f', 0))\ninput()",
            tmp_path,
        )
        seen: list[Observation] = []

        def is_whole(one: Observation) -> bool:
            seen.append(one)
            return sum(x.count for x in seen if is_mine(x)) >= 500

        def is_mine(one: Observation) -> bool:
            act = one.act
            return (
                one.pid == doer.pid
                and isinstance(act, Opened)
                and act.path == str(tmp_path / "f")
                and act.flags & 3 == 0
            )

        told_until(watching, is_whole)
        doer.communicate("\n", timeout=10)

    mine = [one for one in seen if is_mine(one)]
    assert sum(one.count for one in mine) == 500
    assert len(mine) < 20


def test_connections_to_one_place_are_counted() -> None:
    """
    Each has a port of its own; who connects, whereto, how it went and by what socket is the same.

    The sockets made for them are counted, too.
    """
    require_bpf()
    with ebpf.Watching(Interest(types=frozenset({"connect", "socket"}))) as watching:
        doer = begin(
            """
            def reach(port):
                one = socket.socket(2, 2)
                one.connect(("127.0.0.77", port))
                one.close()
            for _ in range(500): reach(9)
            reach(10); socket.socket(2, 1); input()
            """
        )
        told: dict[tuple[str, int, int], int] = {}
        seen: list[Observation] = []

        def is_whole(one: Observation) -> bool:
            if one.pid == doer.pid and isinstance(one.act, SocketUsed):
                seen.append(one)
                what = (one.type, one.act.kind, one.act.remote_port)
                told[what] = told.get(what, 0) + one.count
            return told == all_of_them

        all_of_them = {
            ("socket", 2, 0): 501,
            ("connect", 2, 9): 500,
            ("connect", 2, 10): 1,
            ("socket", 1, 0): 1,
        }
        told_until(watching, is_whole)
        doer.communicate("\n", timeout=10)

    assert told == all_of_them
    assert len(seen) < 40


def test_every_loss_is_counted_and_shows_as_a_gap() -> None:
    """What a full ring could not take is told: by number, and by the numbers that are missing."""
    require_bpf()
    burst, processor = 3000, min(os.sched_getaffinity(0))
    program = f"""
    os.sched_setaffinity(0, [{processor}])
    for _ in range({{times}}): call("swapon", b"/no-such-file-to-swap-on", 0)
    """
    small = {"bulk_bytes": 8192, "urgent_bytes": 4096}
    with started(Interest(types=frozenset({"swapon"})), **small) as watching:
        finish(begin(program.format(times=burst)))
        seen = list(watching.read(0))
        finish(begin(program.format(times=1)))
        _, more = told_until(watching, lambda one: one.type == "lost" and one.act.of == "swapon")  # type: ignore[union-attr]
        seen += more
        counted = dict(watching.counters().lost_by)["swapon"]

    told = [one for one in seen if one.type == "swapon"]
    lost = [one.act.count for one in seen if one.type == "lost" and one.act.of == "swapon"]  # type: ignore[union-attr]
    assert len(told) + counted == burst + 1
    assert sum(lost) == counted > 0
    assert [one.sequence for one in told][-1] == burst
    assert sorted({one.sequence for one in told}) == [one.sequence for one in told]


def test_a_flood_of_opens_drowns_no_rare_call() -> None:
    """Where the ring of the bulk is full the other takes it, which opens never fill."""
    require_bpf()
    program = """
    for _ in range(2000): os.close(os.open("/dev/null", 0))
    call("swapon", b"/no-such-file-to-swap-on", 0)
    """
    with started(Interest(types=frozenset({"openat", "swapon"})), bulk_bytes=8192) as watching:
        doer = begin(program)
        finish(doer)
        _, seen = told_until(watching, lambda one: one.type == "lost" and one.act.of == "openat")  # type: ignore[union-attr]
        counted = dict(watching.counters().lost_by)

    assert counted["openat"] > 0
    assert [one.type for one in seen if one.type == "swapon" and one.pid == doer.pid] == ["swapon"]


def test_a_narrow_interest_lets_through_what_it_asks_for(tmp_path: Path) -> None:
    """By prefix, by name, by ending, by layer, for writing, or failed; nothing else comes."""
    require_bpf()
    (tmp_path / "deep").mkdir()
    for name in ("deep/any", "by-name", "lib.code", "other"):
        (tmp_path / name).touch()
    program = """
    for name in ("deep/any", "by-name", "lib.code", "other", "a.longer-than-eight", "missing"):
        call("openat", -100, name.encode(), 0)
    call("openat", -100, b"other", 1)
    call("openat", -100, b"deep/any", 0)
    """
    (tmp_path / "a.longer-than-eight").touch()

    def paths(asked: Interest) -> list[str]:
        return opened_names(asked, program, tmp_path)

    narrow = paths(
        Interest(
            types=OPENAT,
            every_open=False,
            open_writes=False,
            read_prefixes=frozenset({f"{tmp_path}/de"}),
            read_names=frozenset({"by-name"}),
            read_endings=frozenset({"folder/lib.code", ".longer-than-eight"}),
        )
    )
    wider = paths(
        Interest(
            types=OPENAT,
            every_open=False,
            failed_opens=True,
            read_names=frozenset({"by-name"}),
        )
    )

    wanted = ["any", "by-name", "lib.code", "a.longer-than-eight", "any"]
    assert narrow == wanted
    assert [name for name in wider if not name.startswith("py")][-3:] == [
        "by-name",
        "missing",
        "other",
    ]


def test_opens_by_handle_come_whatever_the_path(tmp_path: Path) -> None:
    """They are rare, and what they reach has any name; failed ones too."""
    require_bpf()
    program = """
    open("h", "w").close()
    handle = ctypes.create_string_buffer(struct.pack("<Ii", 128, 0), 136); m = ctypes.c_int()
    if call("name_to_handle_at", -100, b"h", handle, ctypes.byref(m), 0): os.chroot("no handles")
    call("open_by_handle_at", os.open(".", 0), handle, 0)
    call("open_by_handle_at", -1, handle, 0)
    """
    asked = Interest(types=OPENAT | {"open_by_handle_at"}, every_open=False, open_writes=False)
    with started(asked) as watching:
        doer = begin(program, tmp_path)
        finish(doer)
        _, seen = told_until(watching, lambda one: one.type == "procexit" and one.pid == doer.pid)

    mine = [one for one in seen if one.pid == doer.pid and isinstance(one.act, Opened)]
    assert [(one.type, one.result < 0) for one in mine] == [
        ("open_by_handle_at", False),
        ("open_by_handle_at", True),
    ]


def opened_names(asked: Interest, program: str, folder: Path) -> list[str]:
    """Return the names of the opens that are told of a program; something else is held back."""
    with started(asked) as watching:
        doer = begin(program, folder)
        finish(doer)
        _, seen = told_until(watching, lambda one: one.type == "procexit" and one.pid == doer.pid)
        assert watching.counters().filtered > 0
    return [
        Path(one.act.given).name
        for one in seen
        if one.pid == doer.pid and isinstance(one.act, Opened)
    ]


def test_a_read_in_the_upper_layer_comes_where_it_is_asked_for(tmp_path: Path) -> None:
    """A file of the image does not; one that the container wrote does."""
    require_bpf()
    for name in ("lower", "upper", "work", "merged"):
        (tmp_path / name).mkdir()
    (tmp_path / "lower/old").touch()
    interest = Interest(
        types=frozenset({"openat"}), every_open=False, open_writes=False, upper_layer_reads=True
    )
    options = ",".join(f"{one}dir={tmp_path / one}" for one in ("lower", "upper", "work"))
    program = f"""
    call("unshare", 0x20000); libc.mount(None, b"/", None, 0x44000, None)
    base = "/proc/self/fd/%d/" % os.open(".", 0)
    if libc.mount(b"overlay", b"merged", b"overlay", 0, {options!r}.encode()):
        sys.exit(str(ctypes.get_errno()))
    os.chdir("merged"); os.close(os.open("new", 0o101))
    print(call("openat", -100, b"old", 0), call("openat", -100, b"new", 0), flush=True)
    """
    with started(interest) as watching:
        doer = begin(program, tmp_path)
        wrote = finish(doer)
        _, seen = told_until(watching, lambda one: one.type == "procexit" and one.pid == doer.pid)

    if not wrote.strip():
        pytest.skip("no overlay can be mounted here")
    mine = [one.act for one in seen if one.pid == doer.pid and isinstance(one.act, Opened)]
    assert [(one.given, one.upper_layer) for one in mine] == [("new", True), ("new", True)]


def test_own_processes_are_left_out(tmp_path: Path) -> None:
    """What is asked to be ignored is not told."""
    require_bpf()
    with started(Interest(types=frozenset({"mkdir"}))) as watching:
        doer = begin("input(); os.mkdir('x')", tmp_path)
        watching.ignore([doer.pid])
        doer.communicate("\n", timeout=10)
        subprocess.run([sys.executable, "-c", "import os; os.mkdir('y')"], cwd=tmp_path, check=True)
        found, seen = told_until(
            watching, lambda one: isinstance(one.act, PathChanged) and one.act.given == "y"
        )

    assert found is not None
    assert not [one for one in seen if isinstance(one.act, PathChanged) and one.act.given == "x"]


TALK = """
import socket
listening = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(listening.getsockname()); server, _ = listening.accept()
client.send(b"first"); server.recv(99)
client.sendmsg([b"sec", b"ond"]); server.recvmsg(99)
client.send(b"x" * 1000); server.recv(999)
"""


def ended_of(pid: int) -> Callable[[Observation], bool]:
    """Return what tells the end of a process."""
    return lambda one: one.pid == pid and one.type == "procexit"


def test_data_come_where_they_are_asked_for(tmp_path: Path) -> None:
    """The beginning of what was sent and received, of a message its first part."""
    require_bpf()
    calls = frozenset({"sendto", "sendmsg", "recvfrom", "recvmsg"})
    for asked in (True, False):
        with ebpf.Watching(Interest(types=calls | {"procexit"}, data=asked)) as watching:
            doer = begin(TALK, tmp_path)
            _, seen = told_until(watching, ended_of(doer.pid))
            finish(doer)
        told = {
            (one.type, one.act.data)
            for one in seen
            if one.pid == doer.pid and isinstance(one.act, SocketUsed) and one.act.family == 2
        }
        if not asked:
            assert {data for _, data in told} == {b""}
            continue
        assert told >= {("sendto", b"first"), ("recvfrom", b"first"), ("sendmsg", b"sec")}
        assert told >= {("recvmsg", b"second"), ("sendto", b"x" * 255)}


def test_a_file_that_is_opened_by_another_name_is_told_again(tmp_path: Path) -> None:
    """Equal in everything but the name that was passed: rules look at that too."""
    require_bpf()
    with ebpf.Watching(Interest(types=OPENAT | {"procexit"})) as watching:
        doer = begin(
            "fd = os.open('f', os.O_CREAT | os.O_RDWR)\n"
            "os.open(f'/proc/self/fd/{fd}', os.O_CREAT | os.O_RDWR)\n"
            "os.open('../' + os.path.basename(os.getcwd()) + '/f', os.O_CREAT | os.O_RDWR)",
            tmp_path,
        )
        _, seen = told_until(watching, ended_of(doer.pid))
        finish(doer)
    given = [
        one.act.given
        for one in seen
        if one.pid == doer.pid and isinstance(one.act, Opened) and one.act.path.endswith("/f")
    ]
    assert [one[:3] for one in given] == ["f", "/pr", "../"]
