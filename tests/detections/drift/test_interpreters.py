"""What runs text is known by name, package and inode."""

import pytest

from pratique.detections.drift.interpreters import (
    Interpreters,
    inline_code,
    package_stem,
    script_of,
    stem,
)
from tests.makers.happenings import process
from tests.makers.image_files import BASH, CURL, PYTHON


@pytest.mark.parametrize(
    ("path", "owner", "name"),
    [
        ("/usr/bin/python3.11", "", "python"),
        ("/usr/local/bin/node", "", "node"),
        ("/lib64/ld-linux-x86-64.so.2", "", "ld-linux"),
        ("/lib/ld-musl-x86_64.so.1", "", "ld-musl"),
        ("/usr/bin/innocent", BASH, "bash"),
        ("/usr/bin/innocent", PYTHON, "python-minimal"),
        ("/usr/bin/curl", CURL, ""),
        ("/usr/bin/bashful", "", ""),
    ],
)
def test_names_and_packages(path: str, owner: str, name: str) -> None:
    assert Interpreters().name_of(process(path), owner) == name


def test_a_link_to_an_interpreter_is_one() -> None:
    known = Interpreters()
    known.name_of(process("/bin/sh", inode=4, device=2), "")
    assert known.name_of(process("/srv/x", inode=4, device=2), "") == "sh"
    assert known.name_of(process("/srv/x", inode=4, device=3), "") == ""
    assert known.name_of(process("/srv/x"), "") == ""


def test_busybox_is_what_it_is_called() -> None:
    known = Interpreters()
    assert known.name_of(process("/bin/busybox", executable="-sh", inode=8), "") == "sh"
    assert known.name_of(process("/bin/busybox", executable="ls", inode=8), "") == ""


def test_scripts_and_inline_code() -> None:
    assert script_of("sh", process("/bin/sh", arguments=("-c", "/tmp/x"))) == ""
    assert script_of("sh", process("/bin/sh", arguments=("-e", "/tmp/x"))) == "/tmp/x"
    assert script_of("perl", process("/usr/bin/perl", arguments=("-e", "x"))) == ""
    assert script_of("sh", process("/bin/busybox", arguments=("sh", "/x"))) == "/x"
    assert inline_code("python", ("-u", "-c", "x"))
    assert not inline_code("python", ("x.py", "-c"))
    assert stem("/") == ""
    assert package_stem("") == ""
