"""
Write a patch for a Kubernetes workload: its securityContext, and volumes for what it writes.

The patch is a strategic merge patch of a Deployment's pod template (``kubectl patch --patch-file``).
Source: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
"""

from pratique.detections.baseline.facts import Fact
from pratique.detections.baseline.naming import safe_name
from pratique.detections.baseline.profiles import capabilities, run_flags
from pratique.detections.baseline.profiles._quoting import quoted
from pratique.detections.baseline.profiles._writable import Writable, writable_folders
from pratique.detections.baseline.profiles.interface import Profile
from pratique.detections.baseline.profiles.mounts import write_notes
from pratique.model.baseline import Baseline

NAME = "security-context"
TITLE = "a patch of a Kubernetes workload"
SUFFIX = ".patch.yaml"


def write(baseline: Baseline) -> Profile:
    """Return the patch."""
    container = baseline.workload.rpartition("/")[2]
    folders = [one for one in writable_folders(baseline) if one.folder != "/"]
    readonly = len(folders) == len(writable_folders(baseline))
    lines = [
        "spec:",
        "  template:",
        "    spec:",
        "      containers:",
        f"        - name: {quoted(container)}",
        "          securityContext:",
        "            allowPrivilegeEscalation: false",
        f"            readOnlyRootFilesystem: {str(readonly).lower()}",
        "            capabilities:",
        "              drop: [ALL]",
    ]
    if baseline.capabilities:
        lines.append(f"              add: [{', '.join(baseline.capabilities)}]")
    if baseline.syscalls_whole:
        lines += [
            "            seccompProfile:",
            "              type: Localhost",
            f"              localhostProfile: {safe_name(baseline.workload)}.seccomp.json",
        ]
    lines += _volumes(folders)
    notes = [capabilities.untold_note(), *write_notes(baseline)]
    if any(not one.memory for one in folders):
        notes.append("volumes that hold data are emptyDir here: give them a claim of their own")
    return Profile(name=NAME, text="\n".join(lines) + "\n", notes=tuple(notes))


def refuses(baseline: Baseline, fact: Fact) -> str:
    """Return why an act would be refused under the patch."""
    return run_flags.refuses(baseline, fact)


def _volumes(folders: list[Writable]) -> list[str]:
    if not folders:
        return []
    names = [f"{number}-{safe_name(one.folder)}" for number, one in enumerate(folders)]
    lines = ["          volumeMounts:"]
    for name, one in zip(names, folders, strict=True):
        lines += [f"            - name: w{name}", f"              mountPath: {quoted(one.folder)}"]
    lines.append("      volumes:")
    for name, one in zip(names, folders, strict=True):
        medium = "{medium: Memory}" if one.memory else "{}"
        lines += [f"        - name: w{name}", f"          emptyDir: {medium}"]
    return lines
