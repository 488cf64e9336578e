"""Describe what a detector says of an event, and the story that several alerts make."""

from enum import StrEnum

from msgspec import Struct

from pratique.model.event import Ancestor
from pratique.model.workload import Workload


class Priority(StrEnum):
    """
    How urgent an alert is: Falco's eight words; ``rank`` 0 is the gravest.

    >>> Priority.ERROR.rank < Priority.NOTICE.rank
    True
    """

    EMERGENCY = "Emergency"
    ALERT = "Alert"
    CRITICAL = "Critical"
    ERROR = "Error"
    WARNING = "Warning"
    NOTICE = "Notice"
    INFORMATIONAL = "Informational"
    DEBUG = "Debug"

    @property
    def rank(self) -> int:
        """Return 0 for emergency … 7 for debug."""
        return _RANK[self]


_RANK = {priority: rank for rank, priority in enumerate(Priority)}


class Detector(StrEnum):
    """Who raised an alert."""

    RULES = "rules"
    DRIFT = "drift"
    BASELINE = "baseline"
    CORRELATION = "correlation"
    SENSOR = "sensor"
    """The sensor itself: what it lost or cannot see."""


class Alert(Struct, frozen=True, kw_only=True):
    """
    One thing that a person should know.

    ``output`` is one line for people, ``fields`` the values it was made from, under Falco's field
    names, as text. ``count`` says how many equal alerts it stands for, from ``time_ns`` to
    ``last_ns``. ``sequence`` is the observation's; ``event_type`` its type.
    """

    rule: str
    priority: Priority
    time_ns: int
    output: str
    detector: Detector = Detector.RULES
    source: str = "syscall"
    tags: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    workload: Workload | None = None
    node: str = ""
    pid: int = 0
    process_name: str = ""
    process_path: str = ""
    command_line: str = ""
    ancestors: tuple[Ancestor, ...] = ()
    event_type: str = ""
    sequence: int = 0
    count: int = 1
    last_ns: int = 0
    process_started_ns: int = 0
    """When the process began: whoever acts on it compares, so that a pid used anew is never hit."""
    remote_address: str = ""
    """The other end, where the event was about one: what a response may block."""
    remote_port: int = 0
    cgroup: int = 0
    cgroup_v1: int = 0


class Incident(Struct, frozen=True, kw_only=True):
    """
    Alerts that tell one story; ``id`` is a UUID v5 of the rule, workload and first alert.

    ``story`` is in the order of time and bounded; ``dropped`` counts what did not fit.
    """

    id: str
    rule: str
    title: str
    priority: Priority
    first_ns: int
    last_ns: int
    story: tuple[Alert, ...]
    tags: tuple[str, ...] = ()
    workload: Workload | None = None
    node: str = ""
    dropped: int = 0
