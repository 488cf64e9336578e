"""
Learn a container's name from the command line of its monitor, because its files may be gone by the time.

Podman begins ``conmon`` for every container, with its id and name, before the container's control group is
made: on a busy node this is read late, but never in vain. Law: the monitor's word counts only where files
say nothing, and only a monitor outside of containers is believed.
Source: conmon(8).
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from pratique.workloads._names import ANY_ID

PROGRAM = "conmon"
_ID = re.compile(ANY_ID)
_NAME_CHARACTERS = 256


def named(arguments: Sequence[str]) -> tuple[str, str] | None:
    """
    Return the id and the name of the container that a monitor is begun for.

    >>> named(["conmon", "--api-version", "1", "-c", "a" * 64, "-n", "web"])[1]
    'web'
    >>> named(["conmon", "-c", "../x", "-n", "web"]), named(["conmon", "-n"])
    (None, None)
    """
    values = dict(pairwise(arguments))
    identity = values.get("-c", values.get("--cid", ""))
    name = values.get("-n", values.get("--name", ""))
    if not _ID.fullmatch(identity) or not name:
        return None
    return identity, name[:_NAME_CHARACTERS]
