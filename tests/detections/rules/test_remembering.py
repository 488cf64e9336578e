"""What the process alone answers is asked once for each process, and only that."""

import pytest

from pratique.detections.rules.fields.registry import all_fields
from pratique.detections.rules.folding import Folder, Term
from pratique.detections.rules.remembering import Memory, OfProcess
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
    """Only what stands for this one."""
    memory = Memory()
    table = memory.table("openat")
    first, second = Process(1, "one"), Process(2, "two")
    answers = table.made(first, 2)
    assert answers[1:] == [None, None]
    table.made(second, 2)
    assert [*table] == [id(first), id(second)]

    again = table.made(second, 1)
    assert table[id(second)] is again
    assert len(memory) == 2

    del first
    assert [*table] == [id(second)]

    del second
    assert len(memory) == 0


def test_all_tables_together_remember_a_bounded_number() -> None:
    """Of more all are forgotten and asked again; whom it forgot takes no other along as it goes."""
    memory = Memory(most=6)
    one, two = memory.table("open"), memory.table("openat")
    processes = [Process(pid, "one") for pid in range(3)]
    for process in processes:
        one.made(process, 2)
        two.made(process, 2)
    assert len(memory) == 6

    last = Process(9, "one")
    two.made(last, 2)
    assert (len(one), [*two]) == (0, [id(last)])

    del process
    processes.clear()
    assert (len(one), [*two]) == (0, [id(last)])
    for pid in range(50):
        one.made(Process(pid, "one"), 2)
    assert [*two] == [id(last)]
    assert len(memory) == 1


def test_a_function_that_is_made_again_begins_with_nothing() -> None:
    """And what its predecessor held is room again."""
    memory = Memory(most=2)
    first, second, third, fourth = (Process(pid, "one") for pid in range(4))
    before = memory.table("open")
    before.made(first, 1)
    before.made(second, 1)
    table = memory.table("open")
    assert len(memory) == len(before) == 0
    del first

    for one in (second, third):
        table.made(one, 1)
    assert len(memory) == 2
    table.made(fourth, 1)
    assert [*table] == [id(fourth)]
