"""
Read the CVE records of the National Vulnerability Database, version 2.0.

A year's feed and a page of the API have one shape: a list ``vulnerabilities`` of ``cve`` objects.
Law: scores keep who gave them: NVD's own, the CNA's, CISA's; version 2, 3.0, 3.1 and 4.0 side by
side. ``Rejected`` records are kept and marked, so that they can take back what others say.

Source: https://nvd.nist.gov/developers/vulnerabilities (schema cve_api_json_2.0) and
https://nvd.nist.gov/vuln/data-feeds.
"""

from collections.abc import Iterator
from typing import IO

from msgspec import Struct

from pratique.formats.feeds.feed_scores import cvss_score
from pratique.formats.feeds.feed_text import cut, cwes_in, is_cve
from pratique.formats.feeds.iso_dates import iso_date
from pratique.formats.feeds.json_items import decode_json, list_objects
from pratique.model.advisory import CveRecord
from pratique.model.errors import FormatError
from pratique.model.severity import Score

RECORD_BYTES = 16 << 20

_SCORERS = {
    "nvd@nist.gov": "nvd",
    "134c704f-9b21-4f2e-91b3-4a467353bcc0": "cisa-adp",
    "secalert@redhat.com": "redhat",
    "security-advisories@github.com": "ghsa",
}
"""The sources whose scores other feeds carry too, under the name used there."""


class _Data(Struct, frozen=True, rename="camel"):
    vector_string: str = ""
    base_score: float | None = None


class _Metric(Struct, rename="camel"):
    source: str = ""
    cvss_data: _Data = _Data()


class _Metrics(
    Struct,
    frozen=True,
    rename={
        "v40": "cvssMetricV40",
        "v31": "cvssMetricV31",
        "v30": "cvssMetricV30",
        "v2": "cvssMetricV2",
    },
):
    v40: list[_Metric] = []
    v31: list[_Metric] = []
    v30: list[_Metric] = []
    v2: list[_Metric] = []


class _Text(Struct):
    lang: str = ""
    value: str = ""


class _Weakness(Struct):
    description: list[_Text] = []


class Cve(Struct, rename="camel"):
    """What is read of every record."""

    id: str
    published: str = ""
    last_modified: str = ""
    vuln_status: str = ""
    descriptions: list[_Text] = []
    metrics: _Metrics = _Metrics()
    weaknesses: list[_Weakness] = []


class _Item(Struct):
    cve: Cve


def records(stream: IO[bytes]) -> Iterator[tuple[CveRecord, str]]:
    """
    Yield each record with the time it was last modified, in the order of the file.

    Raises:
        FormatError: it is not a feed of this version.
    """
    for raw in list_objects(stream, "vulnerabilities", RECORD_BYTES):
        cve = decode_json(raw, _Item).cve
        yield record_of(cve), iso_date(cve.last_modified)


def record_of(cve: Cve) -> CveRecord:
    """
    Return the scores, weaknesses and description of a record.

    Raises:
        FormatError: its id is no CVE.
    """
    if not is_cve(cve.id):
        raise FormatError(f"not a CVE id: {cve.id[:60]!r}")
    described = next((text.value for text in cve.descriptions if text.lang == "en"), "")
    return CveRecord(
        id=cve.id,
        scores=tuple(_scores(cve.metrics)),
        cwes=cwes_in(text.value for weakness in cve.weaknesses for text in weakness.description),
        description=cut(described),
        published=iso_date(cve.published),
        rejected=cve.vuln_status.lower() == "rejected",
    )


def _scores(metrics: _Metrics) -> Iterator[Score]:
    for metric in (*metrics.v40, *metrics.v31, *metrics.v30, *metrics.v2):
        if metric.cvss_data.vector_string:
            source = _SCORERS.get(metric.source, metric.source[:100])
            yield cvss_score(source, metric.cvss_data.vector_string, metric.cvss_data.base_score)
