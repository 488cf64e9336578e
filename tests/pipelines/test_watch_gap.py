"""Time in which nobody watched is told by the next watch."""

import pytest

from pratique.model.alert import Priority
from pratique.pipelines.watch_gap import NAME, WatchMark

SECOND = 1_000_000_000


def test_a_first_start_has_no_gap(tmp_path) -> None:
    assert WatchMark(tmp_path, "n").gap(SECOND) == ()


@pytest.mark.parametrize(
    ("ended", "priority", "words"),
    [
        (False, Priority.WARNING, "did not end as asked"),
        (True, Priority.NOTICE, "was stopped as asked"),
    ],
)
def test_a_gap_is_told_with_its_length(tmp_path, ended, priority, words) -> None:
    WatchMark(tmp_path, "n").move(10 * SECOND, ended=ended)
    (alert,) = WatchMark(tmp_path, "n").gap(25 * SECOND)
    assert alert.priority is priority
    assert words in alert.output
    assert " for 15.0 s, from 1970-01-01T00:00:10Z to 1970-01-01T00:00:25Z" in alert.output


@pytest.mark.parametrize("content", [b"", b"{}", b'{"until_ns":"x"}', b"\xff"])
def test_a_mark_that_cannot_be_read_is_told(tmp_path, content) -> None:
    (tmp_path / NAME).write_bytes(content)
    (alert,) = WatchMark(tmp_path, "n").gap(SECOND)
    assert alert.priority is Priority.WARNING


def test_a_clock_that_went_back_tells_a_gap_of_unknown_length(tmp_path) -> None:
    """Whoever sets the clock back before a start must not hide that nobody watched."""
    WatchMark(tmp_path, "n").move(10 * SECOND)
    (alert,) = WatchMark(tmp_path, "n").gap(5 * SECOND)
    assert "since 1970-01-01T00:00:10Z by a clock that was ahead" in alert.output
    assert alert.priority is Priority.WARNING


def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    mark = WatchMark(tmp_path / "file", "n")
    mark.move(SECOND)
    assert [one.priority for one in mark.gap(2 * SECOND)] == [Priority.WARNING]


def test_the_folder_is_made(tmp_path) -> None:
    WatchMark(tmp_path / "new/data", "n").move(SECOND)
    assert len(WatchMark(tmp_path / "new/data", "n").gap(2 * SECOND)) == 1
