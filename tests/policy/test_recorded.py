"""Law: what our own JSON report says is read back, each field under its name."""

from pratique.formats.documents.json import parse_json
from pratique.model.report import Report
from pratique.policy.recorded import EarlierReport
from pratique.reports import json as json_report
from pratique.reports.interface import Style
from tests.policy.cases import FRESH, OPENSSL, flaw, subject


def test_a_report_is_read_back() -> None:
    one = subject(flaw())
    report = Report(tool_version="1", now="2026-11-22T00:00:00Z", subjects=(one,), data=(FRESH,))
    found = parse_json(json_report.render(report, Style()), EarlierReport)
    (recorded,) = found.subjects

    assert (found.schema, found.created) == ("pratique.report/1", report.now)
    assert found.data == (FRESH,)
    assert recorded.findings == one.findings
    assert [(p.name, p.version, p.type) for p in recorded.packages] == [
        ("openssl", OPENSSL.version, "deb")
    ]
    assert recorded.image is not None
    assert [str(layer.diff_id) for layer in recorded.image.layers] == [str(one.digest)]
