"""
Put a drift into words: which rule, how urgent, which techniques of ATT&CK.

Urgency: what certainly was not in the image and runs is critical; where the image's files are not
known, or the two could not be compared, one step less; a known mount is worth a notice, because
operators mount programs on purpose; what no mount explains (a tmpfs) is an error.
"""

from enum import StrEnum

from pratique.detections.drift.judging import NO_MOUNT, Judgement, Kind
from pratique.detections.telling import Saying, place
from pratique.model.alert import Detector, Priority
from pratique.model.event import Event


class Use(StrEnum):
    """What was done with the file."""

    EXECUTED = "executed"
    LOADED = "loaded"
    PRELOADED = "preloaded"
    INTERPRETED = "interpreted"


RULES = {
    "drifted-executable": "a program ran that is not in the image",
    "drifted-library": "a library was loaded that is not in the image",
    "preloaded-library": "a library that is not in the image was put before all others",
    "drifted-script": "an interpreter ran a script that is not in the image",
    "modified-package-file": "a file of the image was changed, and is used",
    "executable-from-mount": "a program ran from a mount",
    "fileless-execution": "a program ran that lies in memory only",
    "inline-code": "an interpreter ran code from its command line",
}
"""Every rule of this detector, in words."""

_TAGS = {
    "drifted-executable": ("T1036", "T1105", "mitre_execution"),
    "drifted-library": ("T1574", "mitre_persistence"),
    "preloaded-library": ("T1574.006", "mitre_persistence"),
    "drifted-script": ("T1059", "mitre_execution"),
    "modified-package-file": ("T1525", "T1554", "mitre_persistence"),
    "executable-from-mount": ("T1610", "mitre_execution"),
    "fileless-execution": ("T1620", "mitre_defense_evasion"),
    "inline-code": ("T1059", "mitre_execution"),
}
_NAMES = {
    Use.EXECUTED: "drifted-executable",
    Use.LOADED: "drifted-library",
    Use.PRELOADED: "preloaded-library",
    Use.INTERPRETED: "drifted-script",
}
_URGENCY = {
    "drifted-executable": Priority.CRITICAL,
    "drifted-library": Priority.ERROR,
    "preloaded-library": Priority.CRITICAL,
    "drifted-script": Priority.ERROR,
    "modified-package-file": Priority.CRITICAL,
    "executable-from-mount": Priority.NOTICE,
    "fileless-execution": Priority.CRITICAL,
    "inline-code": Priority.INFORMATIONAL,
}
_LESS = {Priority.CRITICAL: Priority.ERROR, Priority.ERROR: Priority.WARNING}
_HOW = {
    Kind.ADDED: "which is not in the image",
    Kind.CHANGED: "which the image holds otherwise",
    Kind.MAYBE_CHANGED: "which the image holds, and which was written to",
    Kind.MOUNTED: "which is not in the image but mounted",
    Kind.NAMELESS: "which has no name in any file system",
}


def said(event: Event, path: str, use: Use, judgement: Judgement) -> Saying | None:
    """Return what to say of a drift; None where there is nothing to say (a library of a mount)."""
    rule = _rule(use, judgement.kind)
    if rule is None:
        return None
    urgency = _URGENCY[rule]
    if judgement.kind is Kind.MOUNTED:
        # What no mount explains was put into a tmpfs, or nobody knows how it came.
        urgency = Priority.ERROR if judgement.doubt == NO_MOUNT else urgency
    elif judgement.doubt:
        urgency = _LESS.get(urgency, urgency)
    owner = f", of package {judgement.package}" if judgement.package else ""
    doubt = f" ({judgement.doubt})" if judgement.doubt else ""
    copied = f"; it is a copy of {judgement.copy_of}" if judgement.copy_of else ""
    return Saying(
        detector=Detector.DRIFT,
        rule=rule,
        priority=urgency,
        output=f"{place(event.workload)}: {event.process.name} {_VERB[use]} {path}, "
        f"{_HOW[judgement.kind]}{owner}{copied}{doubt}",
        tags=("drift", "container", *_TAGS[rule]),
        fields=(
            ("pratique.drift.path", path),
            ("pratique.drift.kind", judgement.kind),
            ("pratique.drift.use", use),
            ("pratique.package", judgement.package),
            ("pratique.drift.sha256", judgement.sha256),
            ("pratique.drift.copy_of", judgement.copy_of),
            ("pratique.unknown", judgement.doubt),
        ),
    )


def said_inline(event: Event, interpreter: str) -> Saying:
    """Return what to say of code on a command line."""
    rule = "inline-code"
    return Saying(
        detector=Detector.DRIFT,
        rule=rule,
        priority=_URGENCY[rule],
        output=f"{place(event.workload)}: {interpreter} ran code from its command line: "
        f"{event.process.command_line}",
        tags=("drift", "container", *_TAGS[rule]),
        fields=(("pratique.drift.use", "inline"),),
    )


_VERB = {
    Use.EXECUTED: "ran",
    Use.LOADED: "loaded",
    Use.PRELOADED: "preloaded",
    Use.INTERPRETED: "interpreted",
}


def _rule(use: Use, kind: Kind) -> str | None:
    if kind is Kind.NONE:
        return None
    if kind is Kind.NAMELESS:
        return "fileless-execution"
    if kind in (Kind.CHANGED, Kind.MAYBE_CHANGED):
        return "modified-package-file"
    if kind is Kind.MOUNTED:
        return "executable-from-mount" if use is Use.EXECUTED else None
    return _NAMES[use]
