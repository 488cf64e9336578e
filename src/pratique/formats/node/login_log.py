"""
Read what sshd, sudo and su write into the system's log: logins and changes of user.

Law: the message alone decides, and only of a program that says such things: a program that logs
under its own name cannot speak for sshd. (Who may write to the log as root may say anything.)
Names in messages come from whoever tries to log in: they are bounded, and read from the end of the
message where they can hold blanks. Lines have one of two shapes: ``Nov 22 04:31:46 host sshd[7]: …``
or ``2026-11-22T04:31:46+00:00 host sshd[7]: …``. Sources: OpenSSH ``auth.c`` (auth_log), sudo
``logging.c``, util-linux and shadow ``su.c``.
"""

import re
from datetime import UTC, datetime

from msgspec import Struct

from pratique.model.observation import Elevated, LoggedIn

MOST_LINE = 8192
_MOST_TEXT = 1024
_LINE = re.compile(
    r"(?P<when>[A-Z][a-z]{2} [ 0-9]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[0-9:.+Z-]{8,24}) "
    r"\S{1,255} (?P<program>[\w./-]{1,64})(?:\[(?P<pid>\d{1,10})\])?: (?P<message>.*)",
    re.DOTALL,
)
_SSH = re.compile(
    r"(Accepted|Failed) ([\w/-]{1,64}) for (invalid user )?(.{0,512}) from (\S{1,64}) port \d{1,5}",
    re.DOTALL,
)
_SUDO = re.compile(r"\s{0,64}(\S{1,256}) : (.{1,4096})", re.DOTALL)
_SU = re.compile(
    r"\((?:to )?(\S{1,256})\) (\S{1,256}) on (\S{1,64})|FAILED SU \(to (\S{1,256})\) (\S{1,256}) on (\S{1,64})"
)
_PROGRAMS = frozenset({"sshd", "sshd-session", "sudo", "su"})


class Told(Struct, frozen=True):
    """What a message tells; ``time_ns`` is 0 where only whoever read it knows."""

    act: LoggedIn | Elevated
    pid: int = 0
    time_ns: int = 0


def read_line(line: bytes, year: int) -> Told | None:
    """
    Return what a line of ``auth.log`` or ``secure`` tells, None where it tells of no user.

    ``year`` is what the older shape leaves out; its times are the machine's own, taken as UTC.

    >>> line = b"Nov 22 04:31:46 n sshd[7]: Failed password for root from 192.0.2.1 port 5 ssh2"
    >>> read_line(line, 2026).act.success
    False
    """
    if len(line) > MOST_LINE:
        return None
    found = _LINE.fullmatch(line.decode("utf-8", "replace"))
    if found is None:
        return None
    act = read_message(found["program"].rpartition("/")[2], found["message"])
    if act is None:
        return None
    return Told(act, int(found["pid"] or 0), _time_ns(found["when"], year))


def read_message(program: str, message: str) -> LoggedIn | Elevated | None:
    """
    Return what a program's message tells of a user.

    >>> read_message("sudo", "ann : TTY=pts/0 ; PWD=/srv ; USER=root ; COMMAND=/bin/ls").target_user
    'root'
    """
    if program not in _PROGRAMS or len(message) > MOST_LINE:
        return None
    if program == "sudo":
        return _sudo(message)
    return _su(message) if program == "su" else _ssh(message)


def _ssh(message: str) -> LoggedIn | None:
    found = _SSH.match(message)
    if found is None:
        return None
    return LoggedIn(
        user=found[4][:_MOST_TEXT],
        success=found[1] == "Accepted",
        source=found[5],
        method=found[2],
        service="sshd",
    )


def _sudo(message: str) -> Elevated | None:
    found = _SUDO.fullmatch(message)
    # The command comes last and may hold anything, another `COMMAND=` included.
    told, marked, command = found[2].partition("COMMAND=") if found else ("", "", "")
    if found is None or not marked:
        return None
    pairs = dict(part.strip().partition("=")[::2] for part in told.split(" ; "))
    return Elevated(
        user=found[1],
        target_user=pairs.get("USER", "")[:_MOST_TEXT],
        command=command[:_MOST_TEXT],
        directory=pairs.get("PWD", "")[:_MOST_TEXT],
        terminal=pairs.get("TTY", "")[:_MOST_TEXT],
        success="USER" in pairs and not _is_refusal(told),
    )


def _is_refusal(told: str) -> bool:
    first = told.partition(" ; ")[0]
    return "=" not in first and bool(first.strip())


def _su(message: str) -> Elevated | None:
    found = _SU.match(message)
    if found is None:
        return None
    if found[1]:
        return Elevated(found[2], found[1], terminal=found[3])
    return Elevated(found[5], found[4], terminal=found[6], success=False)


def _time_ns(when: str, year: int) -> int:
    try:
        if when[0].isdigit():
            moment = datetime.fromisoformat(when)
        else:
            moment = datetime.strptime(f"{year} {when}", "%Y %b %d %H:%M:%S")
    except ValueError:
        return 0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) * 1_000_000_000
