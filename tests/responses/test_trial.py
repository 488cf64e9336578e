"""A trial says what the kernel says, and executes nothing; with a gate: tests/responses/test_fanotify_gate.py."""

import os

import pytest

from pratique.responses._trial import Tried, could_run, try_one


@pytest.fixture
def upper(tmp_path):
    """Give a folder as a container would have filled it, opened."""
    descriptor = os.open(tmp_path, os.O_PATH)
    yield tmp_path, descriptor
    os.close(descriptor)


def test_where_no_program_was_written(upper) -> None:
    """Nothing is tried: neither what may not be executed, nor what a link leads to."""
    folder, descriptor = upper
    (folder / "notes").write_text("x")
    (folder / "link").symlink_to("/bin/true")
    (folder / "below").mkdir()

    assert try_one(descriptor, descriptor) is Tried.NOT


def test_a_program_is_found_below(upper, tmp_path) -> None:
    """It is asked about, and not run."""
    folder, descriptor = upper
    (folder / "a/b").mkdir(parents=True)
    script = folder / "a/b/script"
    script.write_text(f"#!/bin/sh\n: >{tmp_path}/ran\n")
    script.chmod(0o755)

    assert try_one(descriptor, descriptor) in (Tried.PASSED, Tried.NOT)
    assert not (tmp_path / "ran").exists()


def test_what_may_not_be_executed_for_another_reason() -> None:
    """Rights that lack are no refusal of a gate."""
    with open("/etc/passwd") as file:
        assert could_run(file.fileno()) is Tried.NOT
