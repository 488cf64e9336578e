"""
Read a record of the CVE list, version 5, with what CISA's Vulnrichment adds to it.

The CNA's container says what the flaw is; containers of authorised data publishers (ADP) add
scores, weaknesses and CISA's SSVC decision points (exploitation, automatable, technical impact),
kept verbatim as a score of kind ``vendor`` that starts with ``SSVC``.

Source: https://github.com/CVEProject/cve-schema (CVE_Record_Format 5.1),
https://github.com/cisagov/vulnrichment.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from pratique.formats.feeds.feed_scores import cvss_score
from pratique.formats.feeds.feed_text import MAX_TITLE, cut, cwes_in, is_cve
from pratique.formats.feeds.iso_dates import iso_date
from pratique.formats.feeds.json_items import decode_json
from pratique.model.advisory import CveRecord
from pratique.model.errors import FormatError
from pratique.model.severity import Score

_CISA = "cisa-adp"
_SCORERS = {"GitHub_M": "ghsa", "redhat": "redhat", "CISA-ADP": _CISA, "NVD": "nvd"}


class _Cvss(Struct, rename="camel"):
    vector_string: str = ""
    base_score: float | None = None


class _Other(Struct):
    type: str = ""
    content: msgspec.Raw = msgspec.Raw()


class _Metric(
    Struct,
    rename={"v4": "cvssV4_0", "v31": "cvssV3_1", "v30": "cvssV3_0", "v2": "cvssV2_0"},
):
    v4: _Cvss | None = None
    v31: _Cvss | None = None
    v30: _Cvss | None = None
    v2: _Cvss | None = None
    other: _Other | None = None


class _Ssvc(Struct):
    options: list[dict[str, str]] = []


class _Problem(Struct, rename="camel"):
    cwe_id: str = ""
    description: str = ""


class _ProblemType(Struct):
    descriptions: list[_Problem] = []


class _Text(Struct):
    lang: str = ""
    value: str = ""


class _Provider(Struct, frozen=True, rename="camel"):
    short_name: str = ""


class _Container(Struct, rename="camel"):
    provider_metadata: _Provider = _Provider()
    title: str = ""
    descriptions: list[_Text] = []
    metrics: list[_Metric] = []
    problem_types: list[_ProblemType] = []


class _Containers(Struct):
    cna: _Container
    adp: list[_Container] = []


class _Metadata(Struct, rename="camel"):
    cve_id: str
    state: str = ""
    date_published: str = ""
    date_updated: str = ""


class _Record(Struct, rename="camel"):
    cve_metadata: _Metadata
    containers: _Containers


class _Change(Struct, rename="camel"):
    cve_id: str
    date_updated: str = ""


class _Delta(Struct, rename="camel"):
    fetch_time: str
    new: list[_Change] = []
    updated: list[_Change] = []


def record(content: bytes) -> tuple[CveRecord, str]:
    """
    Return a record and the time it was last updated.

    Raises:
        FormatError: it is not a CVE record of version 5.
    """
    said = decode_json(content, _Record)
    if not is_cve(said.cve_metadata.cve_id):
        raise FormatError(f"not a CVE id: {said.cve_metadata.cve_id[:60]!r}")
    containers = (said.containers.cna, *said.containers.adp)
    described = (text.value for text in said.containers.cna.descriptions if text.lang[:2] == "en")
    found = CveRecord(
        id=said.cve_metadata.cve_id,
        scores=tuple(dict.fromkeys(score for each in containers for score in _scores(each))),
        cwes=cwes_in(_weaknesses(containers)),
        title=cut(said.containers.cna.title, MAX_TITLE),
        description=cut(next(described, "")),
        published=iso_date(said.cve_metadata.date_published),
        rejected=said.cve_metadata.state == "REJECTED",
    )
    return found, iso_date(said.cve_metadata.date_updated)


def changed(content: bytes) -> tuple[dict[str, str], str]:
    """
    Return the CVEs named by ``deltaLog.json`` with their newest change, and the log's oldest entry.

    Raises:
        FormatError: it is not a delta log.
    """
    newest: dict[str, str] = {}
    log = decode_json(content, list[_Delta])
    for delta in log:
        for change in (*delta.new, *delta.updated):
            if not is_cve(change.cve_id):
                raise FormatError("the delta log names something that is no CVE")
            moment = iso_date(delta.fetch_time)
            newest[change.cve_id] = max(moment, newest.get(change.cve_id, ""))
    return newest, min((iso_date(delta.fetch_time) for delta in log), default="")


def path_of(cve: str) -> str:
    """
    Return where the list keeps a CVE.

    >>> path_of("CVE-2024-6387"), path_of("CVE-1999-0001")
    ('cves/2024/6xxx/CVE-2024-6387.json', 'cves/1999/0xxx/CVE-1999-0001.json')
    """
    _, year, number = cve.split("-")
    return f"cves/{year}/{number[:-3]}xxx/{cve}.json"


def _scores(container: _Container) -> Iterator[Score]:
    name = container.provider_metadata.short_name
    source = _SCORERS.get(name, name.lower()[:100] or "cna")
    for metric in container.metrics:
        for said in (metric.v4, metric.v31, metric.v30, metric.v2):
            if said is not None and said.vector_string:
                yield cvss_score(source, said.vector_string, said.base_score)
        if metric.other is not None and metric.other.type == "ssvc":
            yield Score(source, "vendor", _decision_points(metric.other.content))


def _decision_points(content: msgspec.Raw) -> str:
    options = decode_json(bytes(content), _Ssvc).options
    points = (f"{key}: {value}" for option in options for key, value in option.items())
    return cut("SSVC " + "; ".join(points), MAX_TITLE)


def _weaknesses(containers: tuple[_Container, ...]) -> Iterator[str]:
    for container in containers:
        for problem in container.problem_types:
            for text in problem.descriptions:
                yield text.cwe_id or text.description[:MAX_TITLE]
