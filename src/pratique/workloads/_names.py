"""
Find container ids in the names of control groups.

Law: the outermost container of a path is meant, because that is the one which an engine of this
node runs; what runs inside it (an engine in a container) belongs to it.
"""

import re
from itertools import pairwise

ID = "[0-9a-f]{64}"
ANY_ID = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}"
_POD = re.compile(
    r"pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})"
    r"(?:\.slice)?(?:[:/]|$)"
)


def pattern(*names: str) -> re.Pattern[str]:
    """
    Return what matches a path's part that is a container of an engine with one of these names.

    Schemes: ``name-ID.scope`` (systemd), ``name-ID`` (plain folders), ``slice:name:ID`` (systemd's
    form handed to a runtime that makes plain folders).

    >>> first(pattern("crio"), "/kubepods.slice/crio-" + "a" * 64 + ".scope/init") == "a" * 64
    True
    """
    named = "|".join(map(re.escape, names))
    return re.compile(rf"(?:[^/]*[:])?(?:{named})[-:]({ID})(?:\.scope)?")


def first(wanted: re.Pattern[str], path: str) -> str:
    """Return the id in the first part of a path that matches, or nothing."""
    for part in path.split("/"):
        found = wanted.fullmatch(part)
        if found:
            return found[1]
    return ""


def below(parents: frozenset[str], wanted: re.Pattern[str], path: str) -> str:
    """
    Return the first part of a path that matches and lies directly in a folder of these names.

    >>> below(frozenset({"k8s.io"}), re.compile(ANY_ID), "/k8s.io/c1/sub")
    'c1'
    """
    parts = path.split("/")
    for parent, part in pairwise(parts):
        if parent in parents and wanted.fullmatch(part):
            return part
    return ""


def pod_uid(path: str) -> str:
    """
    Return the uid of the pod that a path says, with dashes; static pods have one without.

    >>> pod_uid("/kubepods-pod0a1b2c3d_0000_1111_2222_0a1b2c3d4e5f.slice/crio-x.scope")
    '0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f'
    """
    if "kubepods" not in path:
        return ""
    found = _POD.search(path)
    return found[1].replace("_", "-") if found else ""
