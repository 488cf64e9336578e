"""A tool is bounded in what it gets, takes, writes and leaves behind; what goes wrong is told."""

import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from pratique.assessors.interface import Flaw, Told, Work
from pratique.model.errors import FormatError
from pratique.pipelines import run_assessor as running
from pratique.pipelines.run_assessor import entering, find_program, run_assessor, run_bounded


@pytest.fixture
def tool(tmp_path):
    """Return what runs a Python program as a tool and gives what came of it."""
    source = tmp_path / "src"
    source.mkdir()
    program = tmp_path / "tool.py"

    def run(text, seconds=20, exits=(0,), environ=None, enter=None):
        program.write_text(text)
        unit = SimpleNamespace(
            NAME="tool",
            EXITS=frozenset(exits),
            ENVIRON=environ or {},
            command=lambda program, work: (program, "-I", str(tmp_path / "tool.py"), work.output),
            read=read,
        )
        work = Work(folder=str(source), output=str(tmp_path / "answer"), data="", seconds=seconds)
        return run_assessor(unit, sys.executable, work, enter)

    return run


def read(output):
    if output.startswith(b"bad") or not output:
        raise FormatError("tool answered what is not in its format")
    return Told(flaws=(Flaw(rule="x", title=output.decode()),))


def test_an_answer_is_what_is_printed_or_written(tool):
    """A file wins over standard output, because a tool may print remarks."""
    assert tool("print('a', end='')").told.flaws[0].title == "a"
    written = tool("import sys; open(sys.argv[1], 'w').write('b'); print('a')")
    assert written.told.flaws[0].title == "b"


def test_a_tool_gets_little(tool, monkeypatch):
    """No variable of the caller but PATH, an empty home, no input, the folder it is to read."""
    monkeypatch.setenv("API_TOKEN", "x")
    monkeypatch.setenv("PATH", f".:{os.environ['PATH']}")
    told = (
        tool(
            "import os, sys\n"
            "print(sorted(os.environ), os.listdir(os.environ['HOME']), sys.stdin.read(),"
            " os.path.basename(os.getcwd()), '.' in os.environ['PATH'].split(':'))",
            environ={"OWN": "1"},
        )
        .told.flaws[0]
        .title
    )
    assert "API_TOKEN" not in told
    assert "'OWN'" in told
    assert told.endswith("[]  src False\n")


def test_source_is_read_without_network(tool):
    """Not even a name can be looked up, and a proxy leads nowhere."""
    told = tool(
        "import os, socket\n"
        "try: socket.create_connection(('127.0.0.1', 80), 2)\n"
        "except OSError as e: print(type(e).__name__)\n"
        "print([n for _, n in socket.if_nameindex()], os.environ['https_proxy'])"
    )
    if told.exposed:
        pytest.skip("this kernel gives no network of its own to this user")
    assert "['lo']" in told.told.flaws[0].title
    assert running.NOWHERE in told.told.flaws[0].title


def test_a_tool_has_a_host_name_of_its_own(tool):
    """Neither does it learn this machine's, nor is it upset by a machine that has none."""
    told = tool("import socket; print(socket.gethostname(), end='')")
    if told.exposed:
        pytest.skip("this kernel gives no names of its own to this user")
    assert told.told.flaws[0].title == "assessor"
    assert socket.gethostname() != "assessor"


def test_time_is_bounded_and_nothing_stays(tool, tmp_path):
    """The whole group is killed, children that ignore everything too."""
    text = (
        "import os, time, signal\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"child = os.fork()\n"
        f"open({str(tmp_path / 'pids')!r}, 'a').write(f'{{os.getpid()}} ')\n"
        "time.sleep(600)\n"
    )
    # One second of work: the wall stands at half as much again and five.
    ended = tool(text, seconds=1)
    assert ended.problem == "tool took more than 6 s and was stopped"
    for pid in (tmp_path / "pids").read_text().split():
        assert not _is_alive(int(pid))


def _is_alive(pid):
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            with open(f"/proc/{pid}/stat") as file:
                if file.read().rpartition(") ")[2].startswith("Z"):
                    return False
        except OSError:
            return False
        time.sleep(0.05)
    return True


def test_what_goes_wrong_is_told(tool):
    """A failure with its last words, a signal, an answer in another format."""
    failed = tool("import sys; sys.stderr.write('no such\\nthing'); sys.exit(3)")
    assert failed.problem == "tool failed (code 3): no such thing"
    assert tool("print('x'); raise SystemExit(3)", exits=(3,)).problem == ""
    assert "killed by signal 9" in tool("import os; os.kill(os.getpid(), 9)").problem
    assert tool("print('bad')").problem == "tool answered what is not in its format"
    loud = tool("import sys; print('bad'); sys.stderr.write('the disk is full')")
    assert loud.problem == (
        "tool answered what is not in its format; its last words: the disk is full"
    )


def test_last_words_may_stand_in_either_place(tool):
    """Some programs say on standard output why they gave up."""
    failed = tool("import sys; print('no Java'); sys.exit(1)")
    assert failed.problem == "tool failed (code 1): no Java"
    silent = tool("import sys; open(sys.argv[1], 'w').close(); print('no report')")
    assert silent.problem == "tool ended without an answer; its last words: no report"


def test_an_attack_that_used_up_its_time_is_told(tool):
    """It was stopped by its own bound, with what it had found so far; reading has no such bound."""
    slow = "import time; time.sleep(1.1); print('a', end='')"
    assert tool(slow, seconds=1).told.problems == ()
    attacked = tool(slow, seconds=1, enter=lambda: None)
    assert attacked.told.flaws[0].title == "a"
    (problem,) = attacked.told.problems
    assert problem == "tool used up its 1 s, so it may not have tried everything"
    assert tool("print('a', end='')", seconds=60, enter=lambda: None).told.problems == ()


def test_an_answer_is_bounded(tool, monkeypatch):
    """More than may be read is told, and no file grows past its bound."""
    monkeypatch.setattr(running, "MAX_BYTES", 1000)
    assert "answered more than" in tool("print('x' * 1500)").problem
    # Past four times as much the kernel stops it (SIGXFSZ, which Python turns into an error).
    assert "failed" in tool("import sys; sys.stdout.write('x' * 9000); sys.stdout.flush()").problem


def test_memory_is_bounded(tool):
    """A tool that wants more than it may have fails, and this machine does not."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    assert "MemoryError" in tool("x = bytearray(5 << 30)").problem
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_a_link_is_no_answer(tool, tmp_path):
    """A tool that is led to leave a link there answers with what it printed, not with the file."""
    secret = tmp_path / "secret"
    secret.write_text("mine")
    told = tool(f"import os, sys; os.symlink({str(secret)!r}, sys.argv[1]); print('a', end='')")
    assert told.told.flaws[0].title == "a"


def test_programs_are_found_in_folders_first(tmp_path, monkeypatch):
    """In the folder itself, its bin, environments in it; then on PATH, never in the current folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("path/tool", "tools/one/bin/tool", "tools/two/bin/other", "tool"):
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("#!/bin/sh\n")
        place.chmod(0o755)
    path = f".:{tmp_path}/path"
    assert find_program(("tool",), (), path) == f"{tmp_path}/path/tool"
    assert find_program(("tool",), (tmp_path / "tools",), path).endswith("tools/one/bin/tool")
    assert find_program(("x", "other"), (tmp_path / "tools",), path).endswith("two/bin/other")
    assert find_program(("tool",), (), ".") == ""


def test_the_network_of_this_machine_is_never_entered():
    """A process that took the number of a container that ended is no way to attack this machine."""
    with pytest.raises(OSError, match="network of this machine"), entering(os.getpid()):
        pass


def test_a_network_of_its_own_is_entered(tmp_path, need):
    """A process that enters stands where the other one stands, and not in this machine's network."""
    held = subprocess.Popen(
        [need("unshare"), *(["--user", "--map-root-user"] if os.geteuid() else []), "--net", "cat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        held.stdin.write(b"here\n")
        held.stdin.flush()
        if held.stdout.readline() != b"here\n":
            pytest.skip("this kernel gives no network of its own to this user")
        text = "import os; print(os.readlink('/proc/self/ns/net'), end='')"
        work = Work(folder=str(tmp_path), output=str(tmp_path / "o"), data="", seconds=20)
        command = (sys.executable, "-I", "-c", text)
        with entering(held.pid) as enter:
            ran = run_bounded(command, work, {}, frozenset({0}), enter)
        assert ran.output.decode() == str(Path(f"/proc/{held.pid}/ns/net").readlink())
        assert ran.output.decode() != str(Path("/proc/self/ns/net").readlink())
    finally:
        held.communicate()
