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


def test_a_table_holds_no_process_and_forgets_it_as_it_goes() -> None:
    """Another one may get its identity, and not its answers."""
    table = Table()
    first, second = Process(1, "one"), Process(2, "two")
    answers = table.made(first, 2)
    assert answers[1:] == [None, None]
    answers[1] = True
    table.made(second, 2)
    assert table[id(first)] is answers

    del first

    assert [*table] == [id(second)]


def test_a_table_remembers_a_bounded_number_of_processes() -> None:
    """Of more all are forgotten, and asked again; one that goes afterwards takes no other along."""
    table = Table()
    processes = [Process(pid, "one") for pid in range(MOST_PROCESSES)]
    for process in processes:
        table.made(process, 2)
    assert len(table) == MOST_PROCESSES

    last = Process(0, "one")
    table.made(last, 2)
    assert [*table] == [id(last)]

    table.made(processes[0], 2)
    processes.clear()
    assert [*table] == [id(last)]
