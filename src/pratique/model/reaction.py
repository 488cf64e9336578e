"""Describe what was done about an alert, or would have been."""

from enum import StrEnum

from msgspec import Struct


class Measure(StrEnum):
    """What can be done about an alert; from the mildest to the gravest."""

    ALERT = "alert"
    RECORD = "record"
    """Keep forensic facts: process tree, open files, recent events, changed files."""
    SIGNAL = "signal"
    KILL = "kill"
    BLOCK_DESTINATION = "block-destination"
    REFUSE_EXECUTION = "refuse-execution"
    PAUSE = "pause"
    STOP = "stop"
    QUARANTINE = "quarantine"
    """Keep it running for evidence, cut off from every network."""


class Outcome(StrEnum):
    """What became of a measure."""

    DONE = "done"
    DRY_RUN = "dry-run"
    REFUSED = "refused"
    """The guard said no: the node's pid 1, ourselves, an exempt workload, too many at once."""
    FAILED = "failed"


class Reaction(Struct, frozen=True, kw_only=True):
    """One measure, taken or not, and why: every one of them is logged."""

    measure: Measure
    outcome: Outcome
    reason: str
    rule: str
    time_ns: int
    pid: int = 0
    container_id: str = ""
    target: str = ""
    detail: str = ""
