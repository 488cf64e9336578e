"""
Run a tool of somebody else on hostile input, as a process of its own, and take what it answers.

Laws: it is found, never installed. It gets the few variables it needs, a home that is empty and goes with
the run, and no standard input; bounds on time, CPU, memory and what it writes; its whole process group
is killed when it ends or time is up, also when this program is interrupted. It is given a host name of its
own, as some fall over where a machine has none. For source it has no
network; for a running application it stands in the network of that container, where there is nothing
else. Where the kernel gives no network of its own to a tool that reads source, it runs all the same,
with proxies that lead nowhere, and ``exposed`` says so. Whatever goes wrong is a ``problem`` in words, never an empty answer.
"""

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from msgspec import Struct
from msgspec.structs import replace

from pratique.assessors.interface import Assessor, Told, Work
from pratique.kit.memory import lift_bound
from pratique.model.errors import FormatError

MAX_BYTES = 64 << 20
"""The largest answer that is read; no file of a tool may be four times larger."""
MEMORY_BYTES = 4 << 30
NOWHERE = "http://127.0.0.1:9"
_NEW_USER, _NEW_NETWORK, _NEW_UTS = 0x10000000, 0x40000000, 0x04000000
_HOST = b"assessor"
_DIE_WITH_PARENT = 1
_USER = (("user", _NEW_USER),)
_WORDS = 300
_MOST_TOOLS = 200

Enter = Callable[[], None]
"""What the process does before it becomes the tool."""


class Ran(Struct, frozen=True, kw_only=True):
    """
    How a process ended: its answer, or why there is none; ``exposed`` is said above.

    ``words`` are the last that it said beside its answer, ``seconds`` how long it took.
    """

    output: bytes = b""
    problem: str = ""
    exposed: bool = False
    words: str = ""
    seconds: float = 0.0


class Assessed(Struct, frozen=True, kw_only=True):
    """What a tool told, or why it told nothing."""

    told: Told = Told()
    problem: str = ""
    exposed: bool = False


def find_program(names: Sequence[str], folders: Sequence[Path], path: str) -> str:
    """
    Return where the first of ``names`` stands, empty where none does.

    A folder holds programs itself, in ``bin``, or in the ``bin`` of environments inside it; folders
    come before PATH, of which only absolute entries count.
    """
    places = []
    for folder in folders:
        inside = sorted(folder.glob("*/bin"))[:_MOST_TOOLS] if folder.is_dir() else []
        places += [str(one.resolve()) for one in (folder, folder / "bin", *inside)]
    places += [one for one in path.split(os.pathsep) if one.startswith("/")]
    for name in names:
        found = shutil.which(name, path=os.pathsep.join(places))
        if found:
            return found
    return ""


def run_assessor(unit: Assessor, program: str, work: Work, enter: Enter | None = None) -> Assessed:
    """
    Run one tool on ``work`` and read its answer; ``enter`` leads into a container's network.

    A tool that attacks is told how long it may, and ends by itself: one that took as long may have had
    more to try, which is told.
    """
    environ = {**unit.ENVIRON, "PATH": f"{Path(program).parent}:{_path()}"}
    ran = run_bounded(unit.command(program, work), work, environ, unit.EXITS, enter)
    if ran.problem:
        return Assessed(problem=f"{unit.NAME} {ran.problem}", exposed=ran.exposed)
    try:
        told = unit.read(ran.output)
    except FormatError as error:
        said = str(error) if ran.output.strip() else f"{unit.NAME} ended without an answer"
        return Assessed(problem=_with_words(said, ran.words), exposed=ran.exposed)
    if enter is not None and ran.seconds >= work.seconds:
        late = f"{unit.NAME} used up its {work.seconds} s, so it may not have tried everything"
        told = replace(told, problems=(*told.problems, late))
    return Assessed(told=told, exposed=ran.exposed)


def _with_words(problem: str, words: str) -> str:
    return f"{problem}; its last words: {words}" if words else problem


def run_bounded(
    command: Sequence[str],
    work: Work,
    environ: Mapping[str, str],
    exits: frozenset[int],
    enter: Enter | None,
) -> Ran:
    """Run a command in ``work.folder`` for ``work.seconds`` at most, and half as long again to end."""
    seconds = work.seconds * 3 // 2 + 5
    if enter is not None:
        return _run(command, work, environ, exits, _confined(enter, seconds))
    ran = _run(command, work, environ, exits, _confined(_without_network, seconds))
    if ran.problem != _REFUSED:
        return ran
    again = _run(command, work, environ, exits, _confined(lambda: None, seconds))
    return Ran(output=again.output, problem=again.problem, exposed=True)


_REFUSED = "cannot be started as confined as it should be"


def _run(
    command: Sequence[str],
    work: Work,
    environ: Mapping[str, str],
    exits: frozenset[int],
    confine: Enter,
) -> Ran:
    with (
        tempfile.TemporaryDirectory(prefix="pratique-home-", ignore_cleanup_errors=True) as home,
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryFile() as said,
    ):
        started = time.monotonic()
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=said,
                env=_environ(home, environ),
                cwd=work.folder,
                start_new_session=True,
                preexec_fn=confine,
            )
        except subprocess.SubprocessError:
            return Ran(problem=_REFUSED)
        except OSError as error:
            return Ran(problem=f"cannot be started: {error.strerror}")
        try:
            code = process.wait(work.seconds * 3 // 2 + 5)
        except subprocess.TimeoutExpired:
            return Ran(problem=f"took more than {work.seconds * 3 // 2 + 5} s and was stopped")
        finally:
            _end(process)
        if code not in exits:
            words = _last_words(said) or _last_words(output)
            return Ran(problem=f"failed ({_ended(code)}): {words}".rstrip(": "))
        return replace(_answer(work.output, output, said), seconds=time.monotonic() - started)


def _answer(place: str, output: IO[bytes], said: IO[bytes]) -> Ran:
    """Return the file that a tool wrote where it was told to, else what it printed."""
    words = _last_words(said)
    try:
        handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        output.seek(0)
        content = output.read(MAX_BYTES + 1)
    else:
        words = words or _last_words(output)
        with open(handle, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return Ran(problem=f"answered more than {MAX_BYTES >> 20} MiB")
    return Ran(output=content, words=words)


def _environ(home: str, more: Mapping[str, str]) -> dict[str, str]:
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
    own = {
        "PATH": _path(),
        "HOME": home,
        "TMPDIR": home,
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        # The application that is tested is on loopback; everything else is nowhere.
        "no_proxy": "127.0.0.1,localhost",
        "NO_PROXY": "127.0.0.1,localhost",
        **{name: f"{home}/{name}" for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME")},
    }
    return {**proxies, **own, **more}


def _path() -> str:
    absolute = [one for one in os.environ.get("PATH", "").split(os.pathsep) if one[:1] == "/"]
    return os.pathsep.join(absolute) or "/usr/bin:/bin"


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill the whole group, also after its leader has ended: what it left behind goes too."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _ended(code: int) -> str:
    return f"code {code}" if code >= 0 else f"killed by signal {-code}"


def _last_words(said: IO[bytes]) -> str:
    said.seek(max(0, said.seek(0, os.SEEK_END) - 4_000))
    words = " ".join(said.read(4_000).decode("utf-8", "replace").split())
    return words[-_WORDS:]


def _confined(enter: Enter, seconds: int) -> Enter:
    def confine() -> None:
        lift_bound()
        enter()
        _name_host()
        # Where this program is killed outright, the tool goes with it.
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        _bound(resource.RLIMIT_FSIZE, 4 * MAX_BYTES)
        _bound(resource.RLIMIT_CPU, 4 * seconds)
        _bound(resource.RLIMIT_DATA, MEMORY_BYTES)
        _bound(resource.RLIMIT_CORE, 0)

    return confine


def _bound(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


def _without_network() -> None:
    """Give up the network: as root directly, else inside a user namespace."""
    system = ctypes.CDLL(None, use_errno=True)
    if system.unshare(_NEW_NETWORK) and system.unshare(_NEW_USER | _NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "unshare")


def _name_host() -> None:
    """Take a host name that is no machine's, where the kernel allows one; semgrep needs one at all."""
    system = ctypes.CDLL(None)
    if system.unshare(_NEW_UTS) == 0:
        system.sethostname(_HOST, len(_HOST))


@contextmanager
def entering(pid: int) -> Iterator[Enter]:
    """
    Give what leads a process into the network of a container, whose first process is ``pid``.

    Root enters as it is; another user first enters the user namespace of the container, which is
    that user's own. An attack must never reach this machine: a process in its network is refused,
    whichever it is by now.

    Raises:
        OSError: the process has ended, is somebody else's, or has no network of its own.
    """
    wanted = [("net", _NEW_NETWORK)] if os.geteuid() == 0 else [*_USER, ("net", _NEW_NETWORK)]
    with ExitStack() as stack:
        doors = []
        for name, kind in wanted:
            door = os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY | os.O_CLOEXEC)
            stack.callback(os.close, door)
            if name == "net" and os.path.sameopenfile(door, _own_network(stack)):
                raise OSError(0, "it is in the network of this machine")
            doors.append((door, kind))

        def enter() -> None:
            system = ctypes.CDLL(None, use_errno=True)
            for door, kind in doors:
                if system.setns(door, kind):
                    raise OSError(ctypes.get_errno(), "setns")

        yield enter


def _own_network(stack: ExitStack) -> int:
    own = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    stack.callback(os.close, own)
    return own
