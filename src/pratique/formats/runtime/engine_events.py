"""
Read the lines of engines' event streams: Podman's event log and Docker's ``/events``.

Law: a line that is no event of a container, or is not understood, gives None; the stream goes on.
Sources: https://github.com/containers/podman, ``libpod/events/config.go``; Docker Engine API v1.41,
``SystemEvents`` (Podman's compatible API writes the same).
"""

from typing import TypeVar

import msgspec
from msgspec import Struct

T = TypeVar("T")
MOST_LINE = 256 << 10
_MOST_TEXT = 1024
_BORN = frozenset({"create", "init", "start", "restart", "unpause", "rename"})
_GONE = frozenset({"died", "die", "remove", "destroy", "cleanup"})


class EngineEvent(Struct, frozen=True):
    """
    What happened to a container: ``born`` None where its facts may only have changed.

    ``name`` and ``image`` are what it is called and runs, as its engine says beside; empty if it does not.
    """

    id: str
    action: str
    born: bool | None = None
    name: str = ""
    image: str = ""


def read_podman(line: bytes) -> EngineEvent | None:
    """
    Return the event of a line of ``events.log``.

    >>> read_podman(b'{"ID": "a1", "Status": "died", "Type": "container"}').born
    False
    """
    wire = _decoded(line, _Podman)
    return _event(wire.id, wire.status, wire.type, (wire.name, wire.image)) if wire else None


def read_docker(line: bytes) -> EngineEvent | None:
    """
    Return the event of a line of Docker's stream.

    >>> read_docker(b'{"Type": "container", "Action": "start", "Actor": {"ID": "a1"}}').id
    'a1'
    """
    wire = _decoded(line, _Docker)
    if wire is None or wire.actor is None:
        return None
    told = wire.actor.attributes or _Attributes()
    return _event(wire.actor.id, wire.action, wire.type, (told.name, told.image))


def _event(identity: str, action: str, kind: str, told: tuple[str, str]) -> EngineEvent | None:
    if kind != "container" or not identity:
        return None
    born = True if action in _BORN else False if action in _GONE else None
    name, image = told
    return EngineEvent(identity[:128], action[:64], born, name[:_MOST_TEXT], image[:_MOST_TEXT])


def _decoded(line: bytes, kind: type[T]) -> T | None:
    if len(line) > MOST_LINE:
        return None
    try:
        return msgspec.json.decode(line, type=kind)
    except (ValueError, RecursionError):
        return None


class _Podman(Struct, rename="pascal"):
    id: str = msgspec.field(name="ID", default="")
    status: str = ""
    type: str = ""
    name: str = ""
    image: str = ""


class _Attributes(Struct):
    name: str = ""
    image: str = ""


class _Actor(Struct):
    id: str = msgspec.field(name="ID", default="")
    attributes: _Attributes | None = msgspec.field(name="Attributes", default=None)


class _Docker(Struct, rename="pascal"):
    type: str = ""
    action: str = ""
    actor: _Actor | None = None
