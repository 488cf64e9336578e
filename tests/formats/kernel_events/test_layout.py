"""What Python reads is what bpf/records.h and bpf/maps.h write: compared by their texts."""

import re
import struct
from pathlib import Path

import pytest

from pratique.formats.kernel_events import layout

BPF = Path(__file__).parents[3] / "bpf"
TEXT = (BPF / "records.h").read_text() + (BPF / "maps.h").read_text()
SIZES = {"u8": 1, "u16": 2, "u32": 4, "s32": 4, "u64": 8, "s64": 8, "char": 1}
BOUNDS = {"SLOTS": 3, "ENVIRONMENT_WORDS": layout.ENVIRONMENT_WORDS}
BOUNDS |= {"PREFIX_BYTES": layout.PREFIX_BYTES}


def fields(name: str) -> list[tuple[str, str, int]]:
    """Return type, name and length of each field of a struct, structs inside taken apart."""
    body = re.search(rf"struct {name} {{(.*?)}};?\s", TEXT + " ", re.DOTALL)[1]
    body = re.sub(r"/\*.*?\*/", "", body, flags=re.DOTALL)
    found: list[tuple[str, str, int]] = []
    for line in filter(str.strip, body.split(";")):
        kind, rest = re.match(r"\s*(struct \w+|\w+)\s+(.*)", line, re.DOTALL).groups()
        if kind == "struct header":
            continue
        if kind.startswith("struct "):
            found += fields(kind.split()[1])
            continue
        for one in rest.split(","):
            field, _, bound = one.strip().partition("[")
            length = bound.rstrip("]")
            number = int(BOUNDS.get(length, length) if length else 1)
            found.append((kind, field, number))
    return found


def size_of(name: str) -> int:
    """Return the size of a struct, every field at a multiple of its size, as compilers put it."""
    at, widest = 0, 1
    for kind, _, length in fields(name):
        size = SIZES[kind]
        widest = max(widest, size)
        at = (at + size - 1) // size * size + size * length
    return (at + widest - 1) // widest * widest


@pytest.mark.parametrize(
    ("name", "twin", "behind"),
    [
        ("header", layout.HEADER, 0),
        ("executed", layout.EXECUTED, 0),
        ("forked", layout.FORKED, 0),
        ("exited", layout.EXITED, 0),
        ("opened_facts", layout.OPENED, 0),
        ("names", layout.NAMES, 0),
        ("socketed", layout.SOCKET, 0),
        ("cgrouped", layout.CGROUP, 0),
        ("call", layout.CALL, 0),
        ("settings", layout.SETTINGS, 0),
        ("prefix", layout.PREFIX, 0),
        ("file_name", layout.FILE_NAME, 0),
        ("ending", layout.ENDING, 0),
        ("group", layout.GROUP, 0),
        ("denied_file", layout.DENIED_FILE, 0),
        ("destination", layout.DESTINATION, 0),
        ("act", layout.ACT, 0),
        ("repeats", layout.REPEATS, 0),
        ("calls_used", layout.CALLS_USED, 0),
    ],
)
def test_sizes_agree(name: str, twin: struct.Struct, behind: int) -> None:
    """Each struct has the size of its twin, and no compiler's gaps in between."""
    assert size_of(name) == twin.size + behind
    assert sum(SIZES[kind] * length for kind, _, length in fields(name)) == twin.size


@pytest.mark.parametrize(
    ("enum", "twin", "prefix"),
    [
        ("shape", layout.Shape, "SHAPE_"),
        ("record_flag", layout.Flag, "FLAG_"),
        ("slot", layout.Slot, "SLOT_"),
        ("opens", layout.Opens, "OPENS_"),
        ("policy", layout.Policy, "POLICY_"),
        ("measure", layout.Measure, "MEASURE_"),
    ],
)
def test_numbers_agree(enum: str, twin: type, prefix: str) -> None:
    """Each number means the same on both sides, and none stands on one side only."""
    body = re.search(rf"enum {enum} {{(.*?)}};", TEXT, re.DOTALL)[1]
    written = dict(re.findall(rf"{prefix}(\w+) = (\d+)", body))

    assert {name: int(value) for name, value in written.items()} == {
        one.name: one.value for one in twin
    }


def test_own_types_agree() -> None:
    """Event types that are no calls have the same numbers."""
    body = re.search(r"enum type {(.*?)};", TEXT, re.DOTALL)[1]
    written = {
        int(number): name.lower() for name, number in re.findall(r"TYPE_(\w+) = (\d+)", body)
    }

    assert written.pop(layout.FIRST_CALL_TYPE) == "first_call"
    assert written == layout.OWN_TYPES
