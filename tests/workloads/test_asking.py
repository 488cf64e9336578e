"""Servers are asked in a thread: nobody waits, a silence is told, what is new is handed over once."""

import threading

from pratique.model.errors import PratiqueError
from pratique.model.workload import Workload
from pratique.workloads.asking import Asking
from tests.e2e.engines import wait_for

ONE = Workload(id="a", engine="", image="x")
TWO = Workload(id="b", engine="", image="y")


class FakeServer:
    """A server that answers what the test says; None is silence."""

    name = "fake"

    def __init__(self, *answers, pause_s=0.001, soonest_s=0.001):
        self.pause_s, self.soonest_s = pause_s, soonest_s
        self.answers = list(answers)
        self.asked = 0
        self.closed = threading.Event()

    def ask(self):
        """Return the next answer; the last one again and again."""
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            raise PratiqueError("nobody there", hint="start it")
        return answer

    def close(self):
        """Note that the connection was given back."""
        self.closed.set()


def told(asking):
    """Return the next thing that is told."""
    found = []

    def here():
        answer = asking.poll()
        return answer is not None and (found.append(answer) or True)

    wait_for("an answer", here)
    return found[0]


def test_what_is_new_is_told_once():
    """The same answer again is no news."""
    server = FakeServer((ONE,))
    asking = Asking(server)
    assert told(asking) == (ONE,)
    wait_for("more questions", lambda: server.asked > 3)
    assert asking.poll() is None
    server.answers = [(ONE, TWO)]
    assert told(asking) == (ONE, TWO)
    asking.close()
    wait_for("its end", server.closed.is_set)


def test_a_silence():
    """It is said in words, with what to do, until the server answers again."""
    server = FakeServer(None)
    asking = Asking(server)
    wait_for("silence", lambda: asking.problem)
    assert asking.problem == "nobody there (start it)"
    assert asking.poll() is None
    server.answers = [(ONE,)]
    assert told(asking) == (ONE,)
    wait_for("its end", lambda: not asking.problem)
    asking.close()


def test_a_new_container():
    """It is asked for soon, however long the pause is."""
    server = FakeServer((ONE,), (TWO,), pause_s=3600)
    asking = Asking(server)
    assert told(asking) == (ONE,)
    asking.wonder()
    assert told(asking) == (TWO,)
    asking.close()


def test_a_storm_of_new_containers():
    """It does not become one of questions."""
    server = FakeServer((ONE,), pause_s=3600, soonest_s=3600)
    asking = Asking(server)
    told(asking)
    for _ in range(1000):
        asking.wonder()
    assert server.asked == 1
    asking.close()
    wait_for("its end", server.closed.is_set)
