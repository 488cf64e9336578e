"""
Hold what a pipeline is written from: the one interface of this folder.

A provider is a module with ``NAME`` (``pratique ci init NAME``), ``PLACE`` (where its file stands in a
repository, with slashes), ``COMMENT`` (what begins a comment in it), ``NEXT`` (what is left to do by
hand, empty for nothing) and ``render``.

Laws: the text is a function of the plan alone, so that a stale file is told by comparing; every name
that comes from a repository is a ``Slug`` or passes ``is_plain``, so that no shell, YAML, Groovy or
expression language can read more into it; nothing is fetched but pratique itself, by commit; the exit
code of pratique decides a step.
"""

import re
from typing import Protocol

from msgspec import Struct

_PLAIN = re.compile(r"(?!-)[A-Za-z0-9._@+-]+(?:/[A-Za-z0-9._@+-]+)*")
_MOST_CHARS = 200
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ADDRESS = re.compile(r"(?:https|ssh)://[A-Za-z0-9._~:@/+-]+|git@[A-Za-z0-9.-]+:[A-Za-z0-9._~/+-]+")
_GITHUB = re.compile(r"https://github\.com/([A-Za-z0-9-]+/[A-Za-z0-9._-]+?)(?:\.git)?/?")


class Origin(Struct, frozen=True):
    """
    Where a job gets pratique from: a git address and a full commit; both empty where it is there.

    A branch or tag is none: whoever can move it would run code in every job.
    """

    address: str = ""
    commit: str = ""

    @property
    def action(self) -> str:
        """
        Return what ``uses:`` of GitHub calls it, empty where it is not on GitHub.

        >>> Origin("https://github.com/acme/pratique.git", "0" * 40).action[:20]
        'acme/pratique@000000'
        """
        found = _GITHUB.fullmatch(self.address)
        return f"{found[1]}@{self.commit}" if found else ""

    def __str__(self) -> str:
        """Return it as ``--from`` takes it."""
        return f"{self.address}@{self.commit}" if self.address else "installed"


class Build(Struct, frozen=True, kw_only=True):
    """
    An image that the repository builds: a name for jobs, its Dockerfile and context, relative.

    ``target`` is the stage, empty for the last.
    """

    name: str
    dockerfile: str
    context: str
    target: str = ""


class Plan(Struct, frozen=True, kw_only=True):
    """
    What a pipeline is to do: lint where there is something to lint, build and gate each image.

    ``runner`` is the image that jobs run in where the provider wants one named: Python, git and a
    shell.
    """

    origin: Origin
    lints: bool
    builds: tuple[Build, ...]
    policy: str
    fail_on: str
    runner: str


class Provider(Protocol):
    """One service: one module of this folder."""

    NAME: str
    PLACE: str
    COMMENT: str
    NEXT: str

    def render(self, plan: Plan) -> str:
        """Return the file; it ends with a line feed."""


def is_plain(path: str) -> bool:
    """
    Return whether a relative path means only itself wherever a pipeline may hold it.

    >>> [is_plain(path) for path in ("api/Dockerfile", ".", "a b", "$(id)", "-f", "../x", "a//b")]
    [True, True, False, False, False, False, False]
    """
    parts = path.split("/")
    return bool(_PLAIN.fullmatch(path)) and len(path) <= _MOST_CHARS and ".." not in parts


def read_origin(text: str) -> Origin | None:
    """
    Return the origin that ``--from`` names, None where it is none.

    >>> read_origin("https://git.example/pratique@main") is None, read_origin("installed")
    (True, Origin(address='', commit=''))
    """
    if text == "installed":
        return Origin()
    address, _, commit = text.rpartition("@")
    if len(text) > 2 * _MOST_CHARS or not _ADDRESS.fullmatch(address):
        return None
    return Origin(address, commit) if _COMMIT.fullmatch(commit) else None
