"""
Read what an engine tells through Kubernetes' container runtime interface: pods' sandboxes, containers.

Law: texts and pairs are bounded; a field that is absent is empty; what is no message of the kind is
a ``FormatError``. Source: https://github.com/kubernetes/cri-api, ``pkg/apis/runtime/v1/api.proto``.
"""

import re
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from pratique.formats.protobuf import fields, written
from pratique.formats.runtime.bundle import MOST_CHARACTERS, bounded_pairs
from pratique.model.errors import FormatError

MOST_ITEMS = 16_384
RUNNING = 1
"""CONTAINER_RUNNING."""
READY = 0
"""SANDBOX_READY."""
LIST_SANDBOXES = "/runtime.v1.RuntimeService/ListPodSandbox"
LIST_CONTAINERS = "/runtime.v1.RuntimeService/ListContainers"
SANDBOX_STATUS = "/runtime.v1.RuntimeService/PodSandboxStatus"
CONTAINER_STATUS = "/runtime.v1.RuntimeService/ContainerStatus"
EVERYTHING = b""
"""What is asked when all sandboxes or containers are wanted: a request without a filter."""
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_MOST_INFO = 4 << 20


class CriSandbox(Struct, frozen=True, kw_only=True):
    """What holds a pod open; ``labels`` are the pod's."""

    id: str
    name: str = ""
    namespace: str = ""
    uid: str = ""
    ready: bool = True
    labels: tuple[tuple[str, str], ...] = ()


class CriContainer(Struct, frozen=True, kw_only=True):
    """A container; ``image`` is its name or digest, ``reference`` what the engine resolved it to."""

    id: str
    sandbox: str = ""
    name: str = ""
    image: str = ""
    reference: str = ""
    running: bool = False
    labels: tuple[tuple[str, str], ...] = ()


class CriStatus(Struct, frozen=True):
    """What only a container's status tells: its image by name, and its first process."""

    image: str = ""
    reference: str = ""
    pid: int = 0


def request_of(identity: str) -> bytes:
    """Return what asks for the status of one sandbox or container, with what the engine adds."""
    return written((1, identity), (2, 1))


def read_sandboxes(content: bytes) -> tuple[CriSandbox, ...]:
    """
    Return the sandboxes of a ``ListPodSandboxResponse``.

    Raises:
        FormatError: it is none.
    """
    return tuple(map(_sandbox, _messages(content, 1)))


def read_containers(content: bytes) -> tuple[CriContainer, ...]:
    """
    Return the containers of a ``ListContainersResponse``.

    Raises:
        FormatError: it is none.
    """
    return tuple(map(_container, _messages(content, 1)))


def read_address(content: bytes) -> str:
    """
    Return the address of the pod of a ``PodSandboxStatusResponse``, empty on the node's network.

    Raises:
        FormatError: it is none.
    """
    return _text(_message(_message(_Fields(content), 1), 5), 1)


def read_status(content: bytes) -> CriStatus:
    """
    Return what a ``ContainerStatusResponse`` tells.

    Raises:
        FormatError: it is none.
    """
    told = _Fields(content)
    status = _message(told, 1)
    pid = 0
    for key, value in _pairs(told, 2, _MOST_INFO).items():
        pid = _pid(value) if key == "info" else pid
    return CriStatus(_text(_message(status, 8), 1), _text(status, 9), pid)


def digests(reference: str) -> tuple[str, str]:
    """
    Return the digests of manifest and config that a reference to an image holds.

    >>> digests("x.example/web@sha256:" + "a" * 64)[0] == "sha256:" + "a" * 64
    True
    >>> digests("sha256:" + "b" * 64)[1] == "sha256:" + "b" * 64
    True
    """
    name, _, digest = reference.rpartition("@")
    digest = digest if _DIGEST.fullmatch(digest) else f"sha256:{digest}"
    if not _DIGEST.fullmatch(digest):
        return "", ""
    return (digest, "") if name else ("", digest)


class _Fields:
    """A message's fields by number: the last value of each, and all of the repeated ones."""

    def __init__(self, content: bytes) -> None:
        self.all: dict[int, list[int | bytes]] = {}
        for number, value in fields(content):
            self.all.setdefault(number, []).append(value)

    def last(self, number: int) -> int | bytes | None:
        """Return the last value, which is the one that counts."""
        return self.all[number][-1] if number in self.all else None


class _Info(Struct):
    pid: int = 0


def _sandbox(content: bytes) -> CriSandbox:
    told = _Fields(content)
    about = _message(told, 2)
    return CriSandbox(
        id=_text(told, 1),
        name=_text(about, 1),
        uid=_text(about, 2),
        namespace=_text(about, 3),
        ready=_number(told, 3) == READY,
        labels=bounded_pairs(_pairs(told, 5)),
    )


def _container(content: bytes) -> CriContainer:
    told = _Fields(content)
    return CriContainer(
        id=_text(told, 1),
        sandbox=_text(told, 2),
        name=_text(_message(told, 3), 1),
        image=_text(_message(told, 4), 1),
        reference=_text(told, 5),
        running=_number(told, 6) == RUNNING,
        labels=bounded_pairs(_pairs(told, 8)),
    )


def _messages(content: bytes, number: int) -> Iterator[bytes]:
    for _, value in zip(range(MOST_ITEMS), _Fields(content).all.get(number, ()), strict=False):
        yield _bytes(value)


def _message(told: _Fields, number: int) -> _Fields:
    return _Fields(_bytes(told.last(number) or b""))


def _text(told: _Fields, number: int) -> str:
    return _bytes(told.last(number) or b"").decode(errors="replace")[:MOST_CHARACTERS]


def _number(told: _Fields, number: int) -> int:
    value = told.last(number) or 0
    if isinstance(value, bytes):
        raise FormatError(f"field {number} is no number")
    return value


def _pairs(told: _Fields, number: int, most: int = MOST_CHARACTERS) -> dict[str, str]:
    found = {}
    for one in told.all.get(number, ()):
        pair = _Fields(_bytes(one))
        value = _bytes(pair.last(2) or b"")[:most].decode(errors="replace")
        found[_text(pair, 1)] = value
    return found


def _bytes(value: int | bytes) -> bytes:
    if isinstance(value, int):
        raise FormatError("a number where text or a message is due")
    return value


def _pid(content: str) -> int:
    """Return the first process that the engine's own words name, 0 where they do not."""
    try:
        return msgspec.json.decode(content, type=_Info).pid
    except (ValueError, RecursionError):
        return 0
