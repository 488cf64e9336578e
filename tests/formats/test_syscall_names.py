"""Numbers have the names that the kernel gives them."""

import ctypes
import platform

import pytest

from pratique.formats.syscall_names import MACHINES, known_calls, named, syscall_names


@pytest.mark.parametrize("machine", MACHINES)
def test_every_name_has_one_number(machine: str) -> None:
    names = syscall_names(machine)
    assert len(known_calls(machine)) == len(names) > 300
    assert names[435] == "clone3"
    assert names[452] == "fchmodat2"


def test_the_table_is_that_of_this_machine() -> None:
    """``getppid`` by its number says what ``getppid`` says."""
    machine = platform.machine()
    if machine not in MACHINES:
        pytest.skip(f"no table for {machine}")
    numbers = {name: number for number, name in syscall_names(machine).items()}
    libc = ctypes.CDLL(None)

    assert libc.syscall(numbers["getppid"]) == libc.getppid()
    assert libc.syscall(numbers["getpid"]) == libc.getpid()


def test_a_machine_that_is_not_known_has_no_names() -> None:
    assert named([0], "vax") == ("syscall_0",)
