"""``evt.*`` says what happened, when, and how it ended."""

import os

import pytest

from pratique.model.observation import Called, Opened, Resolved, SocketUsed
from tests.detections.rules.fields.reading import read
from tests.makers.happenings import event


def test_type_result_and_number() -> None:
    """A failed call says which error it was."""
    seen = event("openat", Opened("", given="/x"), result=-13, sequence=4)

    assert read(seen, "evt.type", "evt.res", "evt.rawres", "evt.failed", "evt.num") == [
        "openat",
        "EACCES",
        -13,
        True,
        5,
    ]
    assert read(event("openat", Opened("/x", fd=3), result=3), "evt.res") == ["SUCCESS"]


def test_times_are_universal() -> None:
    """2026-09-21 of the makers, in every form that Falco has."""
    seen = event("openat", Opened("/x"), at_s=0.5)

    assert read(seen, "evt.time", "evt.time.s") == ["14:13:20.500000000", "14:13:20"]
    assert read(seen, "evt.time.iso8601") == ["2026-09-21T14:13:20.500000000+0000"]
    assert read(seen, "evt.datetime.s", "evt.rawtime.s") == ["2026-09-21 14:13:20", 1_790_000_000]
    assert read(seen, "evt.rawtime.ns") == [500_000_000]


@pytest.mark.parametrize(
    ("flags", "mode", "told"),
    [
        (os.O_RDONLY, 0, [True, False, False, False]),
        (os.O_WRONLY, 0, [False, True, False, False]),
        (os.O_RDWR, 0, [True, True, False, False]),
        (os.O_WRONLY | os.O_CREAT, 0o755, [False, True, True, True]),
    ],
)
def test_how_a_file_was_opened(flags: int, mode: int, told: list[bool]) -> None:
    """For reading, for writing, newly, and to be executed."""
    seen = event("openat", Opened("/x", flags, 3, mode), result=3)

    assert (
        read(
            seen,
            "evt.is_open_read",
            "evt.is_open_write",
            "evt.is_open_create",
            "evt.is_open_exec",
        )
        == told
    )


def test_creat_makes_a_file_whatever_its_flags() -> None:
    """And nothing is made where it failed."""
    assert read(event("creat", Opened("/x", 1, 3), result=3), "evt.is_open_create") == [True]
    assert read(event("creat", Opened("", 1), result=-13), "evt.is_open_create") == [False]


def test_only_opens_were_opened_for_something() -> None:
    """Of another act the question has no answer."""
    seen = event("connect", SocketUsed())

    assert read(seen, "evt.is_open_read", "evt.is_open_write") == [None, None]
    assert read(event("sendto", SocketUsed()), "evt.io_dir") == ["out"]
    assert read(event("recvmsg", SocketUsed()), "evt.io_dir") == ["in"]


def test_names_and_texts_of_our_own_events() -> None:
    """DNS questions, and the text of plain calls."""
    assert read(event("dns", Resolved("a.example")), "dns.name") == ["a.example"]
    assert read(event("memfd_create", Called(text="x")), "evt.text") == ["x"]
