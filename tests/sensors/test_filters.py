"""The kernel's tables hold at least what is asked for."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.kernel_events import layout
from pratique.formats.kernel_events.layout import Opens
from pratique.formats.kernel_events.numbers import numbers
from pratique.model.interest import EVERYTHING, Interest
from pratique.sensors._filters import Filters

X86_64, I386 = numbers("x86_64"), numbers("i386")
NOT_OPENS = Interest(types=frozenset({"execve"}), every_open=False, open_writes=False)


class Table:
    """A table of the kernel, in memory."""

    def __init__(self) -> None:
        self.entries: dict[bytes, bytes] = {}

    def put(self, key: bytes, value: bytes) -> None:
        """Set an entry."""
        self.entries[key] = value

    def drop(self, key: bytes) -> None:
        """Remove an entry."""
        self.entries.pop(key, None)

    def keys(self) -> Iterator[bytes]:
        """Yield the keys."""
        yield from list(self.entries)


class Tables:
    """The kernel's tables by name."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}

    def map(self, name: str) -> Table:
        """Return a table."""
        return self.tables.setdefault(name, Table())


def filled(*interests: Interest) -> Tables:
    """Return what the tables hold after these interests, one after the other."""
    tables = Tables()
    filters = Filters(tables, "x86_64", (1000, 500))  # type: ignore[arg-type]
    for interest in interests:
        filters.want(interest, repeats=True)
    return tables


def settings(tables: Tables) -> tuple[int, ...]:
    """Return the settings' fields."""
    return layout.SETTINGS.unpack(tables.map("settings").entries[bytes(4)])


def wanted_calls(tables: Tables) -> set[int]:
    """Return the numbers of calls that have a handler."""
    entries = tables.map("calls").entries.items()
    return {int.from_bytes(key, "little") for key, value in entries if any(value)}


def lets_through(tables: Tables, path: str) -> bool:
    """Return what the kernel would do with a read of a path; bpf/file.h by its letters."""
    opens, lengths = settings(tables)[:2]
    name = path.rpartition("/")[2].encode()
    if opens & Opens.ALL:
        return True
    if opens & Opens.NAMES and layout.FILE_NAME.pack(name[:63]) in tables.map("file_names").entries:
        return True
    for size in range(1, 9):
        key = layout.ENDING.pack(size, name[-size:])
        if (
            opens & Opens.ENDINGS
            and lengths >> size & 1
            and len(name) >= size
            and key in tables.map("endings").entries
        ):
            return True
    if not opens & Opens.PREFIXES:
        return False
    return any(
        path.encode()
        .ljust(96, b"\0")
        .startswith(key[4 : 4 + int.from_bytes(key[:4], "little") // 8])
        for key in tables.map("prefixes").entries
    )


PARTS = st.text(st.sampled_from("ab.é"), min_size=1, max_size=14)
PATHS = st.lists(PARTS, min_size=1, max_size=12).map(lambda parts: "/" + "/".join(parts))


@given(PATHS, st.data())
def test_what_is_asked_for_is_let_through(path: str, data: st.DataObject) -> None:
    """Any beginning, any ending and the whole name of a path bring that path."""
    start = data.draw(st.integers(1, len(path)))
    end = data.draw(st.integers(0, len(path) - 1))
    for interest in (
        Interest(types=frozenset(), every_open=False, read_prefixes=frozenset({path[:start]})),
        Interest(types=frozenset(), every_open=False, read_endings=frozenset({path[end:], "zz"})),
        Interest(
            types=frozenset(),
            every_open=False,
            read_names=frozenset({path.rpartition("/")[2]}),
        ),
    ):
        assert lets_through(filled(interest), path)


def test_what_nobody_asks_for_is_held_back() -> None:
    """A narrow interest is narrow."""
    narrow = Interest(
        types=frozenset({"openat"}),
        every_open=False,
        read_prefixes=frozenset({"/etc/sh"}),
        read_names=frozenset({"id_rsa"}),
        read_endings=frozenset({".so", "x/.env"}),
    )
    tables = filled(narrow)

    assert not lets_through(tables, "/etc/passwd")
    assert not lets_through(tables, "/etc/id_rsa.pub")
    assert lets_through(tables, "/etc/shadow")
    assert lets_through(tables, "/anywhere/x/.env")
    assert settings(tables)[0] & Opens.WRITES
    assert not settings(tables)[0] & Opens.FAILED


@pytest.mark.parametrize("ending", ["", "folder/"])
def test_an_ending_that_no_name_has_asks_for_all(ending: str) -> None:
    """What cannot be said in the kernel's tables lets everything through."""
    tables = filled(Interest(types=frozenset(), every_open=False, read_endings=frozenset({ending})))
    assert settings(tables)[0] & Opens.ALL


def test_too_many_words_ask_for_all() -> None:
    """A table that is too small holds nothing back."""
    many = frozenset(f"/p{number}" for number in range(1025))
    tables = filled(Interest(types=frozenset(), every_open=False, read_prefixes=many))
    assert settings(tables)[0] & Opens.ALL


def test_flags_of_an_interest_reach_the_kernel() -> None:
    """Failed opens, the upper layer, bitmaps of calls."""
    plain = filled(NOT_OPENS)
    wide = filled(
        Interest(
            types=frozenset({"syscalls"}),
            every_open=False,
            failed_opens=True,
            upper_layer_reads=True,
        )
    )
    assert settings(plain)[0] == 0
    assert settings(plain)[5] == 0
    assert settings(wide)[0] & Opens.FAILED
    assert settings(wide)[0] & Opens.UPPER
    assert settings(wide)[5] == 1
    assert settings(wide)[2] >> 8 & 1, "a group that goes has to be known"


def test_only_wanted_calls_are_looked_at_in_both_widths() -> None:
    """A call that is wanted has its entry under every number; one that is not wanted any more has none."""
    both = filled(
        Interest(types=frozenset({"openat", "setuid"})), Interest(types=frozenset({"openat"}))
    )
    assert wanted_calls(both) == {X86_64["openat"], 1024 + I386["openat"]}


def test_everything_is_wanted_where_no_type_is_named() -> None:
    """But for the bitmaps of calls, which are asked for by name."""
    tables = filled(EVERYTHING)
    assert {X86_64["openat"], X86_64["mmap"], X86_64["connect"]} <= wanted_calls(tables)
    assert settings(tables)[5] == 0


@pytest.mark.parametrize("extra", [0, 1, 6, 7, 200])
def test_variables_that_are_asked_for_are_let_through(extra: int) -> None:
    """Too many of them for the table let every variable through; they are sorted out afterwards."""
    names = frozenset(f"V{number}" for number in range(extra))
    made = settings(filled(Interest(types=frozenset({"execve"}), variables=names)))
    words, masks = made[10:26], made[26:42]
    pairs = list(zip(words, masks, strict=True))[: made[6]]
    for name in (*names, "LD_PRELOAD", "ENV"):
        head = int.from_bytes(f"{name}=value of it".encode()[:8], "little")
        assert any(head & mask == word for word, mask in pairs), name


def test_the_kernel_wakes_the_reader_when_it_is_asked_to() -> None:
    """At the first record, or as a ring fills up; what else was wanted stays wanted."""
    tables = Tables()
    filters = Filters(tables, "x86_64", (1000, 500))  # type: ignore[arg-type]
    filters.want(NOT_OPENS, repeats=True)
    before = settings(tables)
    assert before[7:9] == (1000, 500)

    filters.wake_at_once(True)
    assert settings(tables) == (*before[:7], 0, 0, *before[9:])

    filters.want(NOT_OPENS, repeats=True)
    assert settings(tables)[7:9] == (0, 0)

    filters.wake_at_once(False)
    assert settings(tables) == before
