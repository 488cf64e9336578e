"""A watch goes before other programs where it may, and where nobody chose otherwise."""

import os
import subprocess
import sys

import pytest

from pratique.pipelines.watch_priority import NICE, before_others
from tests.conftest import missing

SAY = """
import os
from pratique.pipelines.watch_priority import before_others
os.nice({first})
with before_others() as raised:
    print(raised, os.getpriority(os.PRIO_PROCESS, 0))
print(os.getpriority(os.PRIO_PROCESS, 0))
"""


def said(first: int) -> list[str]:
    """Return what a process of its own session says, which was given a priority before."""
    done = subprocess.run(
        [sys.executable, "-c", SAY.format(first=first)],
        capture_output=True,
        text=True,
        check=True,
        start_new_session=True,
    )
    return done.stdout.split()


@pytest.mark.skipif(os.getpriority(os.PRIO_PROCESS, 0) != 0, reason="somebody chose a priority")
def test_it_is_raised_and_given_back() -> None:
    """For as long as the watch runs."""
    if os.geteuid() != 0:
        missing("root")

    assert said(0) == ["True", str(NICE), "0"]


def test_what_somebody_chose_stays() -> None:
    """A service that was made nice is not made greedy."""
    assert said(5)[0] == "False"


def test_it_may_fail() -> None:
    """Without the right to, nothing changes and nothing is raised."""
    with before_others(0) as raised:
        assert raised in (True, False)
