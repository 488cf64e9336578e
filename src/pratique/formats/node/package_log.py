"""
Read the logs of the node's own package manager: what was installed, replaced and removed.

``dpkg.log`` has one line for each step, of which the first word of an action counts; the log of dnf
(``dnf.rpm.log``) has one line for each package. Law: what is not such a line is none.
Sources: dpkg(1) ``--log``; dnf ``dnf/logging.py``.
"""

import re
from datetime import UTC, datetime

from pratique.model.observation import HostPackageChanged

MOST_LINE = 2048
_DPKG = re.compile(
    r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (install|upgrade|remove|purge) "
    r"([a-z0-9][a-z0-9+.-]{1,200})(?::([a-z0-9-]{1,32}))? (\S{1,200}) (\S{1,200})"
)
_DNF = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+Z][0-9:]{0,5}) \S{1,16} "
    r"(Installed|Upgraded|Downgraded|Upgrade|Downgrade|Erase|Reinstalled): "
    r"(\S{1,256})-([^-\s]{1,128}-[^-\s]{1,128})\.(\w{1,32})"
)
_NONE = "<none>"


def read_dpkg(line: bytes) -> tuple[int, HostPackageChanged] | None:
    """
    Return time (ns; the machine's own, taken as UTC) and change of a line of ``dpkg.log``.

    >>> read_dpkg(b"2026-11-22 04:31:49 install nc:amd64 <none> 1.2-3")[1].version
    '1.2-3'
    """
    found = _DPKG.fullmatch(_text(line))
    if found is None:
        return None
    was, version = (("" if one == _NONE else one) for one in found.group(5, 6))
    if found[2] in ("remove", "purge"):
        version = ""
    change = HostPackageChanged(found[3], version, was, found[4] or "")
    return _time_ns(found[1]), change


def read_dnf(line: bytes) -> tuple[int, HostPackageChanged] | None:
    """
    Return time (ns) and change of a line of ``dnf.rpm.log``.

    >>> read_dnf(b"2026-11-22T04:31:49+0000 SUBDEBUG Installed: nc-1.2-3.el9.x86_64")[1].name
    'nc'
    """
    found = _DNF.fullmatch(_text(line))
    if found is None or found[2] in ("Upgraded", "Downgraded"):  # the old one, gone with the new
        return None
    gone = found[2] == "Erase"
    version, was = ("", found[4]) if gone else (found[4], "")
    return _time_ns(found[1]), HostPackageChanged(found[3], version, was, found[5])


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace") if len(line) <= MOST_LINE else ""


def _time_ns(when: str) -> int:
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return 0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp()) * 1_000_000_000
