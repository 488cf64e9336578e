"""
Write the pipeline of a provider for the repository at hand, and say when it is stale.

The first line of the file is the command that writes it, so a later run and ``--check`` use the same
choices unless others are made. Law: a file that we did not write, or that a person changed since, is
not overwritten unless that is forced.
"""

import re
import shlex
from enum import StrEnum
from pathlib import Path
from typing import cast

from msgspec import Struct

from pratique.formats.ci.interface import Origin, Plan, Provider, is_plain, read_origin
from pratique.formats.written import read_signed, sign
from pratique.kit import registry
from pratique.model.errors import StorageError, UsageError
from pratique.model.severity import Severity
from pratique.pipelines.detect_builds import Found, detect_builds

RUNNER = "docker.io/library/python:3.12"
_GRADES = frozenset(one.value for one in Severity if one is not Severity.UNKNOWN)
_IMAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]{0,250}")
_MOST_BYTES = 1 << 20


class State(StrEnum):
    """How a file stands to what would be written."""

    ABSENT = "absent"
    CURRENT = "current"
    STALE = "stale"
    EDITED = "edited"
    """We wrote it, and a person changed it."""
    FOREIGN = "foreign"
    """Somebody else wrote it."""


class Choices(Struct, frozen=True, kw_only=True):
    """What a person chose; None is as the file says that is there, else the default."""

    origin: str | None = None
    policy: str | None = None
    fail_on: str | None = None
    runner: str | None = None


class Draft(Struct, frozen=True, kw_only=True):
    """The file as it should be, the one that is there (None: absent), and what it was made from."""

    provider: Provider
    place: Path
    content: str
    before: str | None
    state: State
    found: Found


def providers() -> dict[str, Provider]:
    """
    Return the providers by name.

    >>> sorted(providers())[:3]
    ['azure', 'bitbucket', 'circleci']
    """
    return cast("dict[str, Provider]", registry.load("formats.ci"))


def draft(folder: Path, name: str, choices: Choices, own: str = "") -> Draft:
    """
    Return what the file of a provider should hold for a repository.

    Args:
        folder: the repository.
        name: the provider.
        choices: what was asked for.
        own: where this copy of pratique came from, as ``--from`` takes it, empty if not known.

    Raises:
        UsageError: a choice cannot be written, or it is not known where jobs get pratique from.
        StorageError: the file that is there cannot be read.
    """
    provider = providers()[name]
    place = folder / provider.PLACE
    before = _read(place)
    signed = read_signed(before, provider.COMMENT) if before is not None else None
    wanted = _settled(choices, _recorded(signed.command) if signed else Choices(), own)
    found = detect_builds(folder)
    if not found.lints:
        raise UsageError(
            f"nothing to check lies in {folder}",
            hint="it holds no Dockerfile, Compose file, chart or Kubernetes manifest",
        )
    plan = Plan(
        origin=_origin(wanted.origin or ""),
        lints=found.lints,
        builds=found.builds,
        policy=wanted.policy or "",
        fail_on=wanted.fail_on or "",
        runner=wanted.runner or "",
    )
    content = sign(provider.render(plan), _command(name, wanted), provider.COMMENT)
    state = State.FOREIGN
    if before is None:
        state = State.ABSENT
    elif before.replace("\r\n", "\n") == content:
        state = State.CURRENT
    elif signed is not None:
        state = State.STALE if signed.intact else State.EDITED
    return Draft(
        provider=provider, place=place, content=content, before=before, state=state, found=found
    )


def _settled(asked: Choices, recorded: Choices, own: str) -> Choices:
    wanted = Choices(
        origin=asked.origin or recorded.origin or own or None,
        policy=asked.policy or recorded.policy or "baseline",
        fail_on=asked.fail_on or recorded.fail_on or "high",
        runner=asked.runner or recorded.runner or RUNNER,
    )
    if not is_plain(wanted.policy or ""):
        raise UsageError(
            f"--policy {(wanted.policy or '')[:60]!r} cannot stand in a pipeline",
            hint="a profile, or a file in the repository whose path has letters, digits and ._@+-",
        )
    if wanted.fail_on not in _GRADES:
        raise UsageError(f"--fail-on {(wanted.fail_on or '')[:40]!r} is no severity")
    if not _IMAGE.fullmatch(wanted.runner or ""):
        raise UsageError(f"--runner {(wanted.runner or '')[:60]!r} is no image reference")
    return wanted


def _origin(text: str) -> Origin:
    origin = read_origin(text) if text else None
    if origin is None:
        said = f"--from {text[:120]!r} is none" if text else "nobody said"
        raise UsageError(
            f"where do jobs get pratique from? {said}",
            hint="--from ADDRESS@COMMIT (https://…, the commit in full), or --from installed",
        )
    return origin


def _command(name: str, wanted: Choices) -> str:
    words = ["pratique", "ci", "init", name]
    for flag, value in zip(_FLAGS, _values(wanted), strict=True):
        words += [flag, value or ""]
    return shlex.join(words)


_FLAGS = ("--from", "--policy", "--fail-on", "--runner")


def _values(one: Choices) -> tuple[str | None, ...]:
    return one.origin, one.policy, one.fail_on, one.runner


def _recorded(command: str) -> Choices:
    """Return the choices in a recorded command; what is not understood is as if not said."""
    try:
        words = shlex.split(command)[4:]
    except ValueError:
        return Choices()
    said = dict(zip(words[::2], words[1::2], strict=False))
    origin, policy, fail_on, runner = (said.get(flag) for flag in _FLAGS)
    return Choices(origin=origin, policy=policy, fail_on=fail_on, runner=runner)


def _read(place: Path) -> str | None:
    try:
        with place.open("rb") as file:
            content = file.read(_MOST_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(f"cannot read {place}: {error.strerror}") from None
    return content.decode("utf-8", "surrogateescape")
