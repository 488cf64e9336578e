"""
Write SARIF 2.1.0: the part of it that a scan needs, as values that encode to its JSON.

Field names are SARIF's own. Fields that are None or empty are left out of the JSON.
Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os.html
(section numbers below are its).
"""

from msgspec import UNSET, Struct, UnsetType, field

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
MAX_RESULTS = 25_000
"""Results in one run that GitHub code scanning takes; more and it refuses the file."""
MAX_TAGS = 10
"""Tags of one rule that GitHub code scanning keeps."""


class _Node(Struct, frozen=True, omit_defaults=True, rename="camel"):
    """Give all of them one shape: frozen, camel case, defaults left out."""


class Message(_Node, frozen=True):
    """Hold plain text and its Markdown form (§3.11, §3.12)."""

    text: str
    markdown: str | UnsetType = UNSET


def plain(text: str) -> Message:
    """
    Return a message of text only: what would be an embedded link in it (§3.11.6) is none.

    >>> plain("RUN [x](javascript:y)").text
    'RUN [x] (javascript:y)'
    """
    return Message(text.replace("](", "] ("))


class RuleProperties(_Node, frozen=True):
    """Hold what GitHub reads of a rule; ``security-severity`` is a decimal as text."""

    tags: tuple[str, ...]
    precision: str
    problem_severity: str = field(name="problem.severity")
    security_severity: str | UnsetType = field(name="security-severity", default=UNSET)


class Configuration(_Node, frozen=True):
    """Hold the level of a rule's results, ``error``, ``warning`` or ``note`` (§3.50)."""

    level: str


class Rule(_Node, frozen=True):
    """Describe one reporting descriptor (§3.49)."""

    id: str
    name: str
    short_description: Message
    full_description: Message
    help: Message
    default_configuration: Configuration
    properties: RuleProperties
    help_uri: str | UnsetType = UNSET


class Driver(_Node, frozen=True):
    """Describe the tool (§3.19)."""

    name: str
    semantic_version: str
    information_uri: str | UnsetType = UNSET
    rules: tuple[Rule, ...] | UnsetType = UNSET


class Tool(_Node, frozen=True):
    """Wrap the driver (§3.18)."""

    driver: Driver


class Artifact(_Node, frozen=True):
    """Name a file by a relative URI reference (§3.4)."""

    uri: str


class Region(_Node, frozen=True):
    """Name a place in a file; lines count from 1 (§3.30)."""

    start_line: int


class PhysicalLocation(_Node, frozen=True):
    """Name a place in an artifact (§3.29)."""

    artifact_location: Artifact
    region: Region


class LogicalLocation(_Node, frozen=True):
    """Name a thing that is no file, here a package (§3.33)."""

    name: str
    fully_qualified_name: str
    kind: str


class Location(_Node, frozen=True):
    """Say where a result is (§3.28)."""

    physical_location: PhysicalLocation
    logical_locations: tuple[LogicalLocation, ...] | UnsetType = UNSET
    message: Message | UnsetType = UNSET


class Fingerprints(_Node, frozen=True):
    """Hold what keeps a result the same between runs (§3.27.17)."""

    primary_location_line_hash: str


class Suppression(_Node, frozen=True):
    """Say why a result does not count (§3.35)."""

    kind: str
    status: str
    justification: str


class Result(_Node, frozen=True):
    """Report one finding (§3.27)."""

    rule_id: str
    rule_index: int
    level: str
    message: Message
    locations: tuple[Location, ...]
    partial_fingerprints: Fingerprints
    suppressions: tuple[Suppression, ...] | UnsetType = UNSET
    properties: dict[str, str] | UnsetType = UNSET


class Notification(_Node, frozen=True):
    """Report something about the run itself (§3.58)."""

    level: str
    message: Message


class Invocation(_Node, frozen=True):
    """Describe the run of the tool (§3.20)."""

    execution_successful: bool
    end_time_utc: str
    tool_execution_notifications: tuple[Notification, ...] | UnsetType = UNSET


class AutomationDetails(_Node, frozen=True):
    """Name the category of the run; GitHub takes what stands before the last slash (§3.17)."""

    id: str


class Run(_Node, frozen=True):
    """Describe one run of one tool (§3.14)."""

    tool: Tool
    automation_details: AutomationDetails
    invocations: tuple[Invocation, ...]
    column_kind: str
    results: tuple[Result, ...]


class Log(_Node, frozen=True):
    """Be the whole file (§3.13)."""

    version: str
    schema: str = field(name="$schema")
    runs: tuple[Run, ...]
