"""
Read the comments by which a file says that a check is to be silent.

Understood, each with several names and a reason:

* ours: ``# pratique ignore=RULE[,RULE] # reason``; ``stage ignore=`` and ``global ignore=`` reach
  further than what follows;
* hadolint's ``# hadolint [stage|global] ignore=DL3008``, as it reads them;
* Trivy's ``# trivy:ignore:DS-0002 [exp:2030-01-01]``, for what follows;
* checkov's ``# checkov:skip=CKV_DOCKER_2:reason``, for the file;
* BuildKit's directive ``# check=skip=RULE;error=true``, for the file (``read_check``).

Names are compared later, with every name of a finding. Bounded: one line, ``MAX_NAMES`` names.

Source: hadolint's README, "Ignoring Rules"; https://docs.docker.com/reference/build-checks/.
"""

import re
from enum import StrEnum

from msgspec import Struct

MAX_NAMES = 100
EVERY = "all"
"""The name that stands for every rule (BuildKit's word)."""
_OURS = re.compile(
    r"(?P<tool>pratique|hadolint)\s+(?:(?P<reach>stage|global)\s+)?ignore\s*=\s*"
    r"(?P<names>[\w.:-]+(?:\s*,\s*[\w.:-]+)*)\s*(?:(?:#|--)\s*(?P<reason>.*))?"
)
_TRIVY = re.compile(
    r"(?:trivy|tfsec):ignore:(?P<names>[\w-]+)(?:\s+exp:(?P<until>\S+))?\s*(?P<reason>.*)"
)
_CHECKOV = re.compile(r"(?:checkov|bridgecrew):skip=(?P<names>\w+)(?::\s*(?P<reason>.*))?")


class Reach(StrEnum):
    """How far a comment reaches."""

    NEXT = "next"
    """The instruction or line it stands in or before."""
    STAGE = "stage"
    """The stage that begins after it."""
    FILE = "file"


class Pragma(Struct, frozen=True, kw_only=True):
    """
    What one comment says.

    ``line`` is where it stands, ``first`` to ``last`` the lines it reaches, filled in by who knows
    the file. ``until`` is an ISO day from which it no longer holds.
    """

    names: tuple[str, ...]
    reach: Reach
    line: int
    reason: str = ""
    until: str = ""
    tool: str = ""
    first: int = 1
    last: int = 1 << 30


def read_comment(text: str, line: int) -> Pragma | None:
    """
    Return what a comment (without its mark) says, None where it is no such comment.

    >>> read_comment("hadolint ignore=DL3008,DL3015 # later", 3).names
    ('DL3008', 'DL3015')
    """
    text = text.strip()[:2_000]
    found = _OURS.fullmatch(text)
    if found:
        reach = {"stage": Reach.STAGE, "global": Reach.FILE}.get(found["reach"], Reach.NEXT)
        return _pragma(found, reach, line, found["tool"])
    found = _TRIVY.fullmatch(text)
    if found:
        return _pragma(found, Reach.NEXT, line, "trivy", until=found["until"] or "")
    found = _CHECKOV.fullmatch(text)
    return _pragma(found, Reach.FILE, line, "checkov") if found else None


def read_check(value: str, line: int) -> Pragma | None:
    """
    Return what BuildKit's directive says, None where it skips nothing.

    >>> read_check("skip=JSONArgsRecommended, StageNameCasing;error=true", 1).names
    ('JSONArgsRecommended', 'StageNameCasing')
    """
    for part in value[:2_000].split(";"):
        name, _, names = part.partition("=")
        if name.strip().lower() == "skip":
            listed = tuple(one.strip() for one in names.split(",") if one.strip())[:MAX_NAMES]
            if listed:
                return Pragma(names=listed, reach=Reach.FILE, line=line, tool="buildkit")
    return None


def _pragma(found: re.Match[str], reach: Reach, line: int, tool: str, until: str = "") -> Pragma:
    names = tuple(re.split(r"\s*,\s*", found["names"]))[:MAX_NAMES]
    reason = (found["reason"] or "").strip()
    return Pragma(names=names, reach=reach, line=line, reason=reason, until=until, tool=tool)
