"""
Write the flags for ``podman run`` and ``docker run``.

Source: podman-run(1), https://docs.docker.com/reference/cli/docker/container/run/
"""

import shlex

from pratique.detections.baseline.facts import Fact
from pratique.detections.baseline.naming import safe_name
from pratique.detections.baseline.profiles import capabilities, mounts, seccomp
from pratique.detections.baseline.profiles._writable import writable_folders
from pratique.detections.baseline.profiles.interface import Profile
from pratique.model.baseline import Baseline

NAME = "run-flags"
TITLE = "flags for podman run and docker run"
SUFFIX = ".flags"


def write(baseline: Baseline) -> Profile:
    """Return the flags, one a line, quoted for a shell."""
    flags = ["--cap-drop=ALL", *(f"--cap-add={one}" for one in baseline.capabilities)]
    flags.append("--security-opt=no-new-privileges")
    name = safe_name(baseline.workload)
    if baseline.syscalls_whole:
        flags.append(f"--security-opt=seccomp={name}{seccomp.SUFFIX}")
    folders = writable_folders(baseline)
    if not any(one.folder == "/" for one in folders):
        flags.append("--read-only")
        for one in folders:
            volume = f"--volume={name}-{safe_name(one.folder)}:{one.folder}"
            flags.append(f"--tmpfs={one.folder}" if one.memory else volume)
    notes = (
        capabilities.untold_note(),
        *mounts.write_notes(baseline),
        "a program that gains rights by its set-uid bit fails under no-new-privileges",
    )
    return Profile(name=NAME, text="\n".join(map(shlex.quote, flags)) + "\n", notes=notes)


def refuses(baseline: Baseline, fact: Fact) -> str:
    """Return why an act would be refused under the flags."""
    units = (capabilities, seccomp, mounts) if baseline.syscalls_whole else (capabilities, mounts)
    return next((why for unit in units if (why := unit.refuses(baseline, fact))), "")
