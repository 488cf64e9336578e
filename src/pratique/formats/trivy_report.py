"""
Write Trivy's JSON report, schema version 2: the part that tools which import it read.

Field names are Trivy's own; what is unset is left out. Times are RFC 3339 and digests
``algorithm:hex``, since the readers written in Go refuse the whole file otherwise.
Source: github.com/aquasecurity/trivy, pkg/types/{report,vulnerability,misconfiguration,license,
finding}.go, pkg/fanal/types/{artifact,secret,misconf,const}.go, pkg/scan/langpkg/scan.go (0.6x).
"""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType, field

SCHEMA_VERSION = 2
SEVERITIES = ("UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL")
"""Trivy's words for severities; a ``VendorSeverity`` is the place in this list."""

Status = Literal[
    "unknown", "not_affected", "affected", "fixed", "under_investigation", "will_not_fix",
    "fix_deferred", "end_of_life",
]  # fmt: skip
"""What a publisher says of a flaw in a package."""


class _Node(Struct, frozen=True, omit_defaults=True, rename="pascal"):
    """Give all of them one shape: frozen, Pascal case, defaults left out."""


class Layer(_Node, frozen=True):
    """Name a layer."""

    size: int | UnsetType = UNSET
    digest: str | UnsetType = UNSET
    diff_id: str | UnsetType = field(name="DiffID", default=UNSET)
    created_by: str | UnsetType = UNSET


class Identifier(_Node, frozen=True):
    """Name a package by package URL and by its reference in an SBOM."""

    purl: str | UnsetType = field(name="PURL", default=UNSET)
    uid: str | UnsetType = field(name="UID", default=UNSET)


class DataSource(_Node, frozen=True):
    """Name where an advisory comes from."""

    id: str = field(name="ID")
    name: str
    url: str = field(name="URL")


class Cvss(_Node, frozen=True):
    """Hold the vectors and scores of one source."""

    v2_vector: str | UnsetType = field(name="V2Vector", default=UNSET)
    v3_vector: str | UnsetType = field(name="V3Vector", default=UNSET)
    v40_vector: str | UnsetType = field(name="V40Vector", default=UNSET)
    v2_score: float | UnsetType = field(name="V2Score", default=UNSET)
    v3_score: float | UnsetType = field(name="V3Score", default=UNSET)
    v40_score: float | UnsetType = field(name="V40Score", default=UNSET)


class Vulnerability(_Node, frozen=True):
    """Report one flaw in one package."""

    vulnerability_id: str = field(name="VulnerabilityID")
    pkg_id: str = field(name="PkgID")
    pkg_name: str
    installed_version: str
    severity: str
    vendor_ids: tuple[str, ...] | UnsetType = field(name="VendorIDs", default=UNSET)
    pkg_path: str | UnsetType = UNSET
    pkg_identifier: Identifier | UnsetType = UNSET
    fixed_version: str | UnsetType = UNSET
    status: Status | UnsetType = UNSET
    layer: Layer | UnsetType = UNSET
    severity_source: str | UnsetType = UNSET
    primary_url: str | UnsetType = field(name="PrimaryURL", default=UNSET)
    data_source: DataSource | UnsetType = UNSET
    fingerprint: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    cwe_ids: tuple[str, ...] | UnsetType = field(name="CweIDs", default=UNSET)
    vendor_severity: dict[str, int] | UnsetType = UNSET
    cvss: dict[str, Cvss] | UnsetType = field(name="CVSS", default=UNSET)
    references: tuple[str, ...] | UnsetType = UNSET
    published_date: str | UnsetType = UNSET
    last_modified_date: str | UnsetType = UNSET


class Line(_Node, frozen=True, omit_defaults=False):
    """Show one line of a file; of a secret only its mask."""

    number: int
    content: str
    is_cause: bool = True
    annotation: str = ""
    truncated: bool = False
    first_cause: bool = True
    last_cause: bool = True


class Code(_Node, frozen=True):
    """Show the lines around a finding."""

    lines: tuple[Line, ...] | None


class Cause(_Node, frozen=True):
    """Say where a misconfiguration stands."""

    provider: str | UnsetType = UNSET
    service: str | UnsetType = UNSET
    start_line: int | UnsetType = UNSET
    end_line: int | UnsetType = UNSET


class Misconfiguration(_Node, frozen=True):
    """Report one check that failed."""

    type: str
    id: str = field(name="ID")
    title: str
    description: str
    message: str
    severity: str
    status: Literal["PASS", "FAIL", "EXCEPTION"]
    resolution: str | UnsetType = UNSET
    primary_url: str | UnsetType = field(name="PrimaryURL", default=UNSET)
    references: tuple[str, ...] | UnsetType = UNSET
    layer: Layer | UnsetType = UNSET
    cause_metadata: Cause | UnsetType = UNSET


class Secret(_Node, frozen=True):
    """Report one credential, masked."""

    rule_id: str = field(name="RuleID")
    category: str
    severity: str
    title: str
    start_line: int
    end_line: int
    code: Code
    match: str
    layer: Layer | UnsetType = UNSET


class License(_Node, frozen=True, omit_defaults=False):
    """Report one licence of a package or file; all fields stand."""

    severity: str
    category: str
    pkg_name: str
    file_path: str
    name: str
    text: str
    confidence: float
    link: str


class Modified(_Node, frozen=True, omit_defaults=False):
    """Report a flaw that does not count, and whose word that is."""

    type: Literal["vulnerability"]
    status: str
    statement: str
    source: str
    finding: Vulnerability


class MisconfSummary(_Node, frozen=True, omit_defaults=False):
    """Count checks."""

    successes: int
    failures: int


class Result(_Node, frozen=True):
    """Gather what was found in one target: the packages of a system, a file, a setting."""

    target: str
    class_: str = field(name="Class")
    type: str | UnsetType = UNSET
    vulnerabilities: tuple[Vulnerability, ...] | UnsetType = UNSET
    misconf_summary: MisconfSummary | UnsetType = UNSET
    misconfigurations: tuple[Misconfiguration, ...] | UnsetType = UNSET
    secrets: tuple[Secret, ...] | UnsetType = UNSET
    licenses: tuple[License, ...] | UnsetType = UNSET
    modified: tuple[Modified, ...] | UnsetType = field(
        name="ExperimentalModifiedFindings", default=UNSET
    )


class OperatingSystem(_Node, frozen=True):
    """Name the distribution and whether it is past its end of service life."""

    family: str
    name: str
    eosl: bool | UnsetType = field(name="EOSL", default=UNSET)


class RootFs(Struct, frozen=True):
    """Hold the layers in an image's config."""

    diff_ids: tuple[str, ...]
    type: str = "layers"


class ImageConfig(Struct, frozen=True, omit_defaults=True):
    """Hold what is shown of an image's config: never its environment or command."""

    architecture: str
    os: str
    rootfs: RootFs
    created: str | UnsetType = UNSET
    config: dict[str, str] | UnsetType = UNSET


class Metadata(_Node, frozen=True):
    """Describe what was looked at."""

    size: int | UnsetType = UNSET
    os: OperatingSystem | UnsetType = field(name="OS", default=UNSET)
    image_id: str | UnsetType = field(name="ImageID", default=UNSET)
    diff_ids: tuple[str, ...] | UnsetType = field(name="DiffIDs", default=UNSET)
    repo_tags: tuple[str, ...] | UnsetType = UNSET
    repo_digests: tuple[str, ...] | UnsetType = UNSET
    image_config: ImageConfig | UnsetType = UNSET
    layers: tuple[Layer, ...] | UnsetType = UNSET


class Report(_Node, frozen=True):
    """Hold one report; ``created_at`` is RFC 3339."""

    schema_version: int
    created_at: str
    artifact_name: str
    artifact_type: str
    metadata: Metadata
    results: tuple[Result, ...]
