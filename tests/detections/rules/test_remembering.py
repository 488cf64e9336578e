"""What the process alone answers is asked once for each process, and only that."""

import pytest

from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.folding import Folder, Term
from pratique.detections.rules.remembering import MOST_PROCESSES, OfProcess, Table
from pratique.formats.falco.parsing import parse_condition
from pratique.model.event import Process
from pratique.model.observation import Executed, Opened


def answers(text: str, kind: str = "openat", act: type = Opened) -> bool:
    """Return whether the process alone answers a condition on events of a type."""
    folder = Folder(kind, act, all_fields())
    folded = folder.folded(parse_condition(text))
    assert isinstance(folded, Term)
    return OfProcess(folder, act).answers(folded)


@pytest.mark.parametrize(
    "text",
    [
        "proc.name in (sh, bash)",
        "not (proc.pname = sh or proc.aname[2] = sshd)",
        "proc.cmdline contains x and not pratique.program = cat",
        "tolower(proc.exe) = sh",
        "proc.name = val(proc.pname)",
    ],
)
def test_the_process_alone_answers_what_asks_for_nothing_else(text: str) -> None:
    """Also through transformers, and on both sides."""
    assert answers(text)


@pytest.mark.parametrize(
    "text",
    [
        "fd.name = /etc/shadow",
        "proc.name = sh and fd.name = /etc/shadow",
        "proc.duration > 5",
        "proc.pid = 7",
        "container.id != host",
        "user.uid = 0",
        "proc.name = val(fd.name)",
        "tolower(fd.name) = a",
    ],
)
def test_what_depends_on_the_event_is_asked_at_each_one(text: str) -> None:
    """Its time, its act, its container, its thread's user."""
    assert not answers(text)


def test_nothing_is_remembered_where_a_process_comes_once() -> None:
    """An execution makes another process."""
    assert not answers("proc.name = sh", "execve", Executed)


def test_a_table_holds_a_bounded_number_of_processes() -> None:
    """And each as long as its answers: another one cannot get its identity meanwhile."""
    table = Table()
    first = table.made(Process(1, "one"), 2)
    assert first == [Process(1, "one"), None, None]
    for pid in range(2, MOST_PROCESSES + 1):
        table.made(Process(pid, "one"), 2)
    assert len(table) == MOST_PROCESSES
    assert all(id(answers[0]) == key for key, answers in table.items())

    table.made(Process(0, "one"), 2)

    assert [answers[0] for answers in table.values()] == [Process(0, "one")]
