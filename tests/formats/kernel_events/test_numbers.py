"""The tables of system calls say what the kernel's headers say."""

import re
import subprocess

import pytest

from pratique.formats.kernel_events.numbers import COMPAT, NATIVE, names, numbers

TABLES = sorted({*NATIVE.values(), *COMPAT.values()})


@pytest.mark.parametrize("table", TABLES)
def test_numbers_and_names_are_one_to_one(table: str) -> None:
    """No number has two names, none is outside of what the dispatcher looks at."""
    by_name = numbers(table)
    assert len(names(table)) == len(by_name) > 300
    assert max(by_name.values()) < 1024


@pytest.mark.parametrize(
    ("table", "call", "number"),
    [
        ("x86_64", "execve", 59),
        ("x86_64", "clone3", 435),
        ("i386", "socketcall", 102),
        ("i386", "mmap2", 192),
        ("aarch64", "execve", 221),
        ("aarch64", "openat2", 437),
        ("arm", "openat", 322),
        ("arm", "execve", 11),
    ],
)
def test_known_numbers(table: str, call: str, number: int) -> None:
    """Calls whose numbers anybody can look up."""
    assert numbers(table)[call] == number


@pytest.mark.parametrize(("table", "header"), [("x86_64", "unistd_64.h"), ("i386", "unistd_32.h")])
def test_headers_of_this_machine_agree(need, table: str, header: str) -> None:
    """Every number of the installed headers is the one in the table."""
    said = subprocess.run(
        [need("gcc"), "-E", "-dM", "-x", "c", "-"],
        input=f"#include <asm/{header}>\n",
        capture_output=True,
        text=True,
    )
    found = dict(re.findall(r"#define __NR_(\w+) (\d+)$", said.stdout, re.MULTILINE))
    if not found:
        pytest.skip("no such header here")
    ours = numbers(table)
    assert {call: int(number) for call, number in found.items() if call in ours} == {
        call: ours[call] for call in found if call in ours
    }
