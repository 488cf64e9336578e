"""Every reaction is kept, with its reason, within a bound."""

import subprocess
import sys

import pytest

from pratique.model.errors import StorageError
from pratique.model.reaction import Measure, Outcome, Reaction
from pratique.responses.log import ReactionLog


def made(number, **changed):
    facts = {
        "measure": Measure.KILL,
        "outcome": Outcome.DONE,
        "reason": "response x",
        "rule": "r",
        "time_ns": number,
        "pid": 7,
    }
    return Reaction(**(facts | changed))


def test_what_was_added_is_read(tmp_path) -> None:
    """In order, the last so many, also by another process."""
    log = ReactionLog(tmp_path / "a/reactions.json")
    for number in range(5):
        log.add(made(number, detail="a\nb\u2028"))

    assert ReactionLog(tmp_path / "a/reactions.json").read(3) == [
        made(number, detail="a\nb\u2028") for number in (2, 3, 4)
    ]
    assert (tmp_path / "a/reactions.json").stat().st_mode & 0o777 == 0o600


def test_texts_that_are_none(tmp_path) -> None:
    """A lone surrogate does not keep a reaction out of the log."""
    log = ReactionLog(tmp_path / "x")
    log.add(made(1, rule="\ud800"))

    assert [one.time_ns for one in log.read(9)] == [1]


def test_it_is_bounded(tmp_path) -> None:
    """The last ones are there; the file and its predecessor stay below twice the bound."""
    log = ReactionLog(tmp_path / "x.json", max_bytes=2000)
    for number in range(100):
        log.add(made(number))

    assert log.read(5) == [made(number) for number in range(95, 100)]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 5000


@pytest.mark.parametrize("torn", [b'{"measure": "ki\n', b'{"measure": "ki', b"\n"])
def test_damaged_lines_are_passed_over(tmp_path, torn) -> None:
    """A torn line hides no other one, whether or not it ended."""
    log = ReactionLog(tmp_path / "x.json")
    log.add(made(1))
    with (tmp_path / "x.json").open("ab") as file:
        file.write(torn)
    log.add(made(2))

    assert [one.time_ns for one in log.read(9)] == [1, 2]


def test_where_nothing_can_be_written(tmp_path) -> None:
    """It is said; and what was never written reads as nothing."""
    (tmp_path / "file").touch()
    with pytest.raises(StorageError):
        ReactionLog(tmp_path / "file/x").add(made(1))
    assert ReactionLog(tmp_path / "none").read(5) == []


def test_what_fits_in_part_only_is_not_logged(tmp_path) -> None:
    """The kernel writes as much as there is room for, and calls that a success."""
    code = """
import resource, signal, sys
from pathlib import Path
from pratique.model.errors import StorageError
from pratique.model.reaction import Measure, Outcome, Reaction
from pratique.responses.log import ReactionLog

done = Reaction(measure=Measure.KILL, outcome=Outcome.DONE, reason="x", rule="r", time_ns=1)
log = ReactionLog(Path(sys.argv[1]))
log.add(done)
least = Path(sys.argv[1]).stat().st_size
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (least + 10, least + 4096))
try:
    log.add(done)
except StorageError:
    resource.setrlimit(resource.RLIMIT_FSIZE, (least + 4096, least + 4096))
    log.add(done)
    print(len(log.read(9)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "x.json"], capture_output=True, check=True
    )

    assert done.stdout == b"2\n"
