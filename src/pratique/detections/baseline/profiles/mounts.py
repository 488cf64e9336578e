"""
Write what to mount when the root is read-only: Compose's keys.

Source: https://docs.docker.com/reference/compose-file/services/#read_only
"""

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.naming import safe_name
from pratique.detections.baseline.profiles._quoting import quoted
from pratique.detections.baseline.profiles._writable import is_writable, writable_folders
from pratique.detections.baseline.profiles.interface import Profile
from pratique.model.baseline import Baseline

NAME = "mounts"
TITLE = "a read-only root, and what stays writable (Compose)"
SUFFIX = ".mounts.yaml"


def write(baseline: Baseline) -> Profile:
    """Return a fragment of a Compose service."""
    folders = writable_folders(baseline)
    lines = ["read_only: true"]
    memory = [one.folder for one in folders if one.memory]
    lines += ["tmpfs:", *(f"  - {quoted(one)}" for one in memory)] if memory else []
    data = [one.folder for one in folders if not one.memory]
    names = [f"{safe_name(baseline.workload)}-{safe_name(one)}" for one in data]
    volumes = [f"  - {quoted(f'{name}:{one}')}" for name, one in zip(names, data, strict=True)]
    lines += ["volumes:", *volumes] if data else []
    return Profile(name=NAME, text="\n".join(lines) + "\n", notes=write_notes(baseline))


def refuses(baseline: Baseline, fact: Fact) -> str:
    """Return why a write would be refused."""
    if fact.kind is not Kind.WRITE or not isinstance(fact.value, str):
        return ""
    if is_writable(fact.value, writable_folders(baseline)):
        return ""
    return f"{fact.value} lies in the read-only root"


def write_notes(baseline: Baseline) -> tuple[str, ...]:
    """Return what should be known of writable folders."""
    notes = []
    for one in writable_folders(baseline):
        if one.folder == "/":
            notes.append("it writes into / itself: a read-only root is not possible as it is")
        elif not one.memory and one.folder.startswith(("/etc", "/usr", "/opt", "/app")):
            notes.append(
                f"{one.folder} holds files of the image: mount a volume that is filled from it"
            )
    if "writes" in baseline.full:
        notes.append("not every path that is written was kept: a write may be refused")
    return tuple(notes)
