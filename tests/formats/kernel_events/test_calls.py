"""The table for the dispatcher holds every wanted call by each of its numbers, and no other."""

import pytest

from pratique.formats.kernel_events import calls, layout
from pratique.formats.kernel_events.numbers import numbers

COMPAT = layout.CALLS_OF_ONE_KIND
EVERY = frozenset(calls.CALLS) | {"mmap_exec"}


def kinds(table: dict[int, bytes], index: int) -> tuple[str, int]:
    """Return event type and handler of an entry."""
    kind, handler, *_ = layout.CALL.unpack(table[index])
    return calls.TYPES.get(kind, ""), handler


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_call_has_a_number_on_every_machine(machine: str) -> None:
    """Missing is only what neither width of a machine has."""
    table = dict(calls.table(EVERY, machine))
    told = {kinds(table, index)[0] for index in table}

    missing = set(calls.CALLS) - told
    assert missing == ({"iopl", "ioperm", "umount"} if machine == "aarch64" else set())


SOCKETS = {"connect", "accept", "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg"}


def test_native_and_32_bit_calls_stand_apart() -> None:
    """Number 5 is open for 32-bit programs and fstat for others."""
    table = dict(calls.table({"open"}, "x86_64"))
    assert kinds(table, numbers("x86_64")["open"]) == ("open", calls.OPEN)
    assert kinds(table, COMPAT + 5) == ("open", calls.OPEN)
    assert 5 not in table


def test_older_spellings_are_the_same_event() -> None:
    """setuid32, mmap2 and fcntl64 are told by their plain names."""
    table = dict(calls.table({"setuid", "mmap_exec", "fcntl"}, "x86_64"))
    i386 = numbers("i386")
    assert kinds(table, COMPAT + i386["setuid32"])[0] == "setuid"
    assert kinds(table, COMPAT + i386["mmap2"])[0] == "mmap"
    assert kinds(table, COMPAT + i386["fcntl64"])[0] == "fcntl"


def test_packed_socket_calls() -> None:
    """The packed call itself goes to the dispatcher, each of its numbers to the call it means."""
    table = dict(calls.table({"connect", "sendmsg"}, "x86_64"))
    assert kinds(table, COMPAT + numbers("i386")["socketcall"])[1] == calls.SOCKETCALL
    assert kinds(table, layout.SOCKETCALLS + 3) == ("connect", calls.SOCKET)
    assert kinds(table, layout.SOCKETCALLS + 16) == ("sendmsg", calls.SOCKET)
    assert layout.SOCKETCALLS + 2 not in table


def test_data_are_told_of_calls_that_say_how_many() -> None:
    """Of no other call, and only where they are asked for."""
    assert not any(entry[3] & calls.DATA for _, entry in calls.table(SOCKETS, "x86_64"))
    told = {
        calls.TYPES[int.from_bytes(entry[:2], "little")]
        for _, entry in calls.table(SOCKETS, "x86_64", data=True)
        if entry[2] == calls.SOCKET and entry[3] & calls.DATA
    }
    assert told == calls.WITH_DATA


def test_nothing_wanted_nothing_told() -> None:
    """Event types that are no calls, or of an unknown machine, put nothing into the table."""
    assert dict(calls.table({"fork", "dns", "no-such"}, "x86_64")) == {}
    assert dict(calls.table(EVERY, "sparc")) == {}


def test_entries_fit_their_places() -> None:
    """Every index lies in the kernel's table, every argument is one of six or none."""
    for index, entry in calls.table(EVERY, "x86_64"):
        _, handler, _, *rest = layout.CALL.unpack(entry)
        assert 0 <= index < layout.MOST_CALLS
        assert 1 <= handler <= calls.SOCKETCALL
        assert all(argument in (*range(6), layout.NO_ARGUMENT) for argument in rest[3:11])
    assert max(calls.TYPES) < layout.MOST_TYPES
