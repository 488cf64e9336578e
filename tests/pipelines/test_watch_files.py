"""Law: a container's file is measured as the container sees it, and never one of the node."""

import hashlib
import os
from pathlib import Path

from msgspec.structs import replace

from pratique.pipelines.watch_files import FileMeasure, unmeasured
from pratique.workloads.host import Host
from tests.makers.happenings import WEB


def test_a_file_is_measured_in_the_containers_root(tmp_path: Path) -> None:
    """Through the folder of its first process."""
    place = tmp_path / "file"
    place.write_bytes(b"here")
    me = replace(WEB, init_pid=os.getpid())

    assert FileMeasure(Host())(me, str(place)) == hashlib.sha256(b"here").hexdigest()


def test_what_cannot_be_had_is_not_guessed(tmp_path: Path) -> None:
    """Absent, too large, or of a container whose process is not known."""
    place = tmp_path / "file"
    place.write_bytes(bytes(100))
    me = replace(WEB, init_pid=os.getpid())

    assert FileMeasure(Host())(me, str(tmp_path / "absent")) == ""
    assert FileMeasure(Host(), most=10)(me, str(place)) == ""
    assert FileMeasure(Host())(WEB, str(place)) == ""
    assert unmeasured(me, str(place)) == ""


def test_measuring_has_a_budget_so_that_nobody_buys_time_with_it(tmp_path: Path) -> None:
    """Beyond it a file is not measured, until the window ends."""
    place = tmp_path / "file"
    place.write_bytes(bytes(60))
    me = replace(WEB, init_pid=os.getpid())
    now = 0.0
    measure = FileMeasure(Host(), budget=100, clock=lambda: now)

    assert measure(me, str(place)) != ""
    assert measure(me, str(place)) == ""
    now = 10.0
    assert measure(me, str(place)) != ""
