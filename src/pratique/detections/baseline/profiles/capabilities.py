"""
Write the list of capabilities: drop all, add what was used.

Source: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-capabilities-for-a-container
"""

from pratique.detections.baseline.capabilities import UNTOLD
from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.profiles.interface import Profile
from pratique.model.baseline import Baseline

NAME = "capabilities"
TITLE = "the capabilities that it keeps (Kubernetes, Compose)"
SUFFIX = ".capabilities.yaml"


def write(baseline: Baseline) -> Profile:
    """Return a fragment of YAML: ``capabilities: {drop: [ALL], add: […]}``."""
    lines = ["capabilities:", "  drop: [ALL]"]
    if baseline.capabilities:
        lines.append(f"  add: [{', '.join(baseline.capabilities)}]")
    return Profile(name=NAME, text="\n".join(lines) + "\n", notes=(untold_note(),))


def refuses(baseline: Baseline, fact: Fact) -> str:
    """Return why a capability would be missing."""
    if fact.kind is not Kind.CAPABILITY or fact.value in baseline.capabilities:
        return ""
    return f"the capability {fact.value} is dropped"


def untold_note() -> str:
    """Return what cannot be known of capabilities."""
    return (
        f"no system call tells the use of {', '.join(UNTOLD)}: if a start under the profile fails "
        "with 'permission denied', add DAC_OVERRIDE first"
    )
