"""
The binding of libbpf: programs and tables of the shipped object, and errors as errors.

The first tests need the library alone, the others root and BTF (``PRATIQUE_REQUIRE=bpf``).
"""

import ctypes
import errno
import os
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from pratique.formats.kernel_events import layout
from pratique.model.errors import CapabilityError
from pratique.sensors._hooks import OBJECT, PROGRAMS
from pratique.sensors._libbpf import Consumer, Map, Object, library
from tests.conftest import missing
from tests.sensors.doing import require_bpf


@pytest.fixture
def opened() -> Iterator[Object]:
    """Return the object, not yet in the kernel."""
    try:
        library()
    except CapabilityError as error:
        missing("bpf", str(error))
    found = Object(OBJECT)
    yield found
    found.close()


@pytest.fixture
def tables(opened: Object) -> Object:
    """Return the object with its tables in the kernel, and one program alone."""
    require_bpf()
    for name in PROGRAMS:
        if name != "on_fork":
            opened.leave_out(name)
    opened.resize({"bulk": 4096, "urgent": 4096, "repeated": 4096})
    opened.load()
    return opened


def entries(table: Map) -> dict[bytes, bytes | None]:
    """Return all that a table holds."""
    return {key: table.get(key) for key in table.keys()}  # noqa: SIM118


class Counting:
    """The library, counting look-ups; as ``older`` it refuses those of many entries, as Linux did before 5.13."""

    def __init__(self, library: ctypes.CDLL, *, older: bool) -> None:
        self._library, self._older = library, older
        self.of_all = self.of_one = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._library, name)

    def bpf_map_lookup_batch(self, *arguments: object) -> int:
        self.of_all += 1
        return -524 if self._older else self._library.bpf_map_lookup_batch(*arguments)

    def bpf_map_lookup_elem(self, *arguments: object) -> int:
        self.of_one += 1
        return self._library.bpf_map_lookup_elem(*arguments)


def test_what_is_no_object_is_an_error(opened: Object, tmp_path: Path) -> None:
    """Not a crash."""
    (tmp_path / "x.o").write_bytes(b"\x7fELF" + bytes(60))
    with pytest.raises(OSError, match=r"x\.o cannot be opened"):
        Object(tmp_path / "x.o")


def test_a_table_that_the_kernel_refuses_is_an_error() -> None:
    """A size that the kernel cannot give is refused as the object is loaded."""
    require_bpf()
    opened = Object(OBJECT)
    opened.resize({"ignored": 0})
    with pytest.raises(OSError, match="kernel refuses") as raised:
        opened.load()
    assert raised.value.errno == errno.EINVAL
    assert opened.refused_program() == ""
    assert "ignored" in opened.log()
    opened.close()


def test_entries_are_put_and_dropped(tables: Object) -> None:
    """What is dropped is gone, what was never there is no error."""
    table = tables.map("ignored")
    one, two = (number.to_bytes(4, "little") for number in (1, 2))
    table.put(one, b"\1\0\0\0")
    table.put(two, b"\2\0\0\0")
    assert entries(table) == {one: b"\1\0\0\0", two: b"\2\0\0\0"}

    table.drop(one)
    table.drop(one)
    assert entries(table) == {two: b"\2\0\0\0"}
    assert table.get(one) is None
    table.clear()
    assert entries(table) == {}


def test_a_full_table_says_so(tables: Object) -> None:
    """With the kernel's number."""
    table = tables.map("ignored")
    for number in range(table.size):
        table.put(number.to_bytes(4, "little"), bytes(4))
    with pytest.raises(OSError, match="map entry") as raised:
        table.put(table.size.to_bytes(4, "little"), bytes(4))
    assert raised.value.errno == errno.E2BIG


@pytest.mark.parametrize("count", [0, 1, 1024, 2500])
def test_values_are_taken_in_bulk(tables: Object, count: int) -> None:
    """Each once, and the table is empty afterwards."""
    table = tables.map("repeated")
    for number in range(count):
        key = layout.ACT.pack(number, 0, 0, 0, 0, 0, 0, 0)
        table.put(key, layout.REPEATS.pack(number, 0, 0, 1))
    taken = [
        sequence
        for block in table.take()
        for sequence, _, _, _ in layout.REPEATS.iter_unpack(block)
    ]

    assert sorted(taken) == list(range(count))
    assert entries(table) == {}


@pytest.mark.parametrize(("older", "calls"), [(False, (2, 0)), (True, (1, 2 * layout.COUNTERS))])
def test_counts_of_all_processors_are_added(
    tables: Object, *, older: bool, calls: tuple[int, int]
) -> None:
    """In one call; a kernel that refuses it is asked for each, from then on."""
    if not older and tuple(map(int, os.uname().release.split(".")[:2])) < (5, 13):
        pytest.skip("this kernel is such a one")
    counting = Counting(tables._lib, older=older)
    table = Map(counting, tables._maps["lost"])
    processors = counting.libbpf_num_possible_cpus()
    expected = []
    for place in range(table.size):
        each = [place << 32 | number for number in range(processors)]
        table.put(place.to_bytes(4, "little"), struct.pack(f"={processors}Q", *each))
        expected.append(sum(each))

    assert [table.sums(), table.sums()] == [expected, expected]
    assert (counting.of_all, counting.of_one) == calls


def test_a_ring_is_consumed_by_the_library(tables: Object) -> None:
    """An empty one gives nothing; what is no ring is an error."""
    found: list[bytes] = []

    def take(record: bytes) -> bool:
        found.append(record)
        return True

    consumer = Consumer(tables.map("bulk").fd, take)
    consumer.consume()
    consumer.close()
    consumer.close()
    assert found == []
    with pytest.raises(OSError, match="ring"):
        Consumer(tables.map("ignored").fd, take)


def test_a_program_is_attached_and_let_go(tables: Object) -> None:
    """One that was left out has no descriptor."""
    tables.attach("on_fork")
    assert tables.program_fd("on_fork") > 0
    assert tables.program_fd("on_exec") < 0


def test_what_a_kernel_has_no_words_for_is_said_in_ours(tables: Object) -> None:
    """ENOTSUPP is a number of the kernel's own."""
    ctypes.set_errno(524)
    with pytest.raises(OSError, match="does not support it") as caught:
        tables._keep("on_fork", None)
    assert caught.value.errno == 524
