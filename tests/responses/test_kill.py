"""The measure ``kill`` reaches the process of the alert, and says what became of it."""

import signal

from pratique.model.reaction import Outcome
from pratique.responses import kill as unit
from tests.makers.responses import about, means, order, sleeper


def test_it_reaches_the_process() -> None:
    """Done, with the pid and the reason."""
    with sleeper() as child:
        done = unit.act(about(child.pid), order(unit.NAME, signal=signal.SIGUSR1), means())

        wanted = signal.SIGKILL if unit.NAME == "kill" else signal.SIGUSR1
        assert child.wait(10) == -wanted
    assert (done.outcome, done.pid) == (Outcome.DONE, child.pid)
    assert done.reason == "response test"


def test_one_that_is_gone() -> None:
    """A failure is an outcome."""
    with sleeper() as child:
        told = about(child.pid)

    assert unit.act(told, order(unit.NAME), means()).outcome is Outcome.FAILED


def test_another_process() -> None:
    """A pid that was used anew is refused."""
    with sleeper() as child:
        done = unit.act(about(child.pid, process_started_ns=1), order(unit.NAME), means())

        assert done.outcome is Outcome.REFUSED
        assert child.poll() is None
