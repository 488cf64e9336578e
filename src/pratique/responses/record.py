"""
Keep forensic facts before they are gone: a folder per alert, with hashes of all that is in it.

``alert.json``; ``processes.json`` (the container's process tree with open files, mapped programs and the
names, never the values, of the environment); ``sockets.txt``; ``events.json`` (the last events);
``changed.json`` (what the container changed in its file system, with sha256); ``manifest.json`` with the
sha256 of each of these. The folder has mode 0700 and appears only when it is whole. Nothing of the
container is executed or stopped for it.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from pratique import __version__
from pratique.kit.aside import Aside
from pratique.model.alert import Alert
from pratique.model.reaction import Measure, Reaction
from pratique.responses._changed import changes
from pratique.responses._evidence import evidence, members, sockets
from pratique.responses.interface import Means, Order, Target, Unable, attempt
from pratique.responses.node import Node

NAME = Measure.RECORD
TITLE = "Keep forensic facts"
NEEDS = Target.EITHER

MAX_EVENTS = 2_000
MAX_RECORDS = 200
"""Records kept; when there are more, nothing new is kept, so that a flood cannot remove the first."""
_ODD = re.compile(r"[^a-z0-9]+")


def act(alert: Alert, order: Order, means: Means) -> Reaction:
    """Write the record."""
    target = alert.workload.id if alert.workload else f"pid {alert.pid}"
    return attempt(alert, order, means, target, lambda: _record(alert, order, means))


def _record(alert: Alert, order: Order, means: Means) -> str:
    if means.records is None:
        raise Unable("no folder for records is set")
    means.records.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sum(1 for one in means.records.iterdir() if one.name[0] != ".") >= MAX_RECORDS:
        raise Unable(f"there are {MAX_RECORDS} records in {means.records} already")
    made = means.now_ns()
    rule = _ODD.sub("-", alert.rule.lower()).strip("-")[:40]
    name = f"{made}-{rule or 'alert'}-{(alert.workload.id if alert.workload else 'node')[:12]}"
    final, growing = means.records / name, means.records / f".{name}"
    growing.mkdir(mode=0o700)
    try:
        hashes = {}
        for file, content in _parts(alert, means).items():
            body = content()
            _write(growing / file, body)
            hashes[file] = hashlib.sha256(body).hexdigest()
        manifest = {
            "schema": "pratique.record/1",
            "made_ns": made,
            "pratique": __version__,
            "node": alert.node,
            "rule": alert.rule,
            "reason": order.reason,
            "sha256": hashes,
        }
        _write(growing / "manifest.json", _json(manifest))
        growing.rename(final)
    except BaseException:
        # Half a record takes the room that a full disk lacks.
        shutil.rmtree(growing, ignore_errors=True)
        raise
    return str(final)


def _parts(alert: Alert, means: Means) -> dict[str, Callable[[], bytes]]:
    node = Node(means.proc)
    container = alert.workload.id if alert.workload else ""
    upper = alert.workload.upper if alert.workload else ""
    inside = members(node, alert.pid, container)
    aside = Aside()
    # What vanishes first is read first.
    parts: dict[str, Callable[[], bytes]] = {
        "processes.json": lambda: _json([evidence(one, means.proc, aside) for one in inside]),
        "alert.json": lambda: _json(alert),
        "events.json": lambda: _json(
            list(means.recent(alert))[-MAX_EVENTS:] if means.recent else []
        ),
    }
    if inside:
        any_pid = next((one.pid for one in inside if one.pid == alert.pid), inside[0].pid)
        parts["sockets.txt"] = lambda: sockets(any_pid, means.proc).encode("utf-8", "replace")
    if upper:
        parts["changed.json"] = lambda: _json(changes(Path(upper)))
    return parts


def _json(value: object) -> bytes:
    plain = _whole(msgspec.to_builtins(value))
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"


def _whole(value: object) -> object:
    """Return a value whose texts any encoder takes: lone surrogates are escaped."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {str(_whole(key)): _whole(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(one) for one in value]
    return value


def _write(place: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    with os.fdopen(os.open(place, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
