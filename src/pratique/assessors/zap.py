"""
Look at a web application with ZAP, where it is installed.

Its quick scan follows links and attacks what it finds, for as long as it is given. ZAP is large and needs
Java, so nobody is asked to install it. It ends with 0 and an empty report where it reached nothing: that is
told, not taken for an application without flaws. What a header of every page lacks is told once. Its
licence is Apache-2.0. Proven with 2.17.0.
Source: https://www.zaproxy.org/docs/desktop/addons/quick-start/cmdline/ and the traditional JSON
report, https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-json/.
"""

import html
import json
import re
from urllib.parse import urlsplit

from msgspec import Struct

from pratique.assessors.interface import (
    MOST_FLAWS,
    TEXT_CHARS,
    Flaw,
    Sample,
    Surface,
    Told,
    Work,
    decoded,
    weaknesses,
)
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.units import Patterns

NAME = "zap"
TITLE = "web applications with the flaws that ZAP knows"
PROGRAMS = ("zap.sh", "zaproxy")
INSTALL = "see https://www.zaproxy.org/download/"
SURFACE = Surface.SERVICE
LANGUAGES = ("http",)
PATTERNS = Patterns()
NEEDS_DOCUMENT = False
OPTIONAL = True
SECONDS = 600
EXITS = frozenset({0})
ENVIRON: dict[str, str] = {}

_GRADES = {"3": Severity.HIGH, "2": Severity.MEDIUM, "1": Severity.LOW, "0": Severity.NEGLIGIBLE}
_SURE = {
    "4": Confidence.HIGH,
    "3": Confidence.HIGH,
    "2": Confidence.MEDIUM,
    "1": Confidence.LOW,
    "0": Confidence.LOW,
}
"""The last one is ZAP's "false positive"."""
_OF_ALL_PAGES = frozenset({"10020", "10021", "10035", "10036", "10037", "10038", "10055", "10063"})
"""Rules on headers, which a server sends with every page."""
_PASSIVE = range(10_000, 20_000)
"""Rules that only look: the variants of one are flaws of their own, those of an attack are ways to one."""
_MARK = re.compile(r"<[^<>]{0,200}>")


class _Instance(Struct, frozen=True):
    uri: str = ""
    method: str = ""
    param: str = ""


class _Alert(Struct, frozen=True):
    pluginid: str
    alertRef: str = ""
    alert: str = ""
    riskcode: str = ""
    confidence: str = ""
    desc: str = ""
    cweid: str = ""
    instances: list[_Instance] = []


class _Site(Struct, frozen=True):
    alerts: list[_Alert] = []


class _Answer(Struct, frozen=True):
    site: list[_Site]


def command(program: str, work: Work) -> tuple[str, ...]:
    """Return the command line; see the interface."""
    alone = ("-silent", "-dir", f"{work.folder}/zap", "-nostdout")
    minutes = max(1, work.seconds // 60)
    bounds = (
        *("-config", f"spider.maxDuration={max(1, minutes // 5)}"),
        *("-config", f"scanner.maxScanDurationInMins={minutes}"),
    )
    quick = ("-quickurl", f"{work.url}/", "-quickout", work.output)
    return (program, "-cmd", *alone, *bounds, *quick)


def read(output: bytes) -> Told:
    """Return what ZAP's JSON says; see the interface."""
    answer = decoded(output, _Answer, NAME)
    found = [
        _flaw(alert, instance)
        for site in answer.site
        for alert in site.alerts
        for instance in (alert.instances or [_Instance()])[:MOST_FLAWS]
    ]
    return Told(
        flaws=tuple(dict.fromkeys(found))[:MOST_FLAWS],
        problems=() if answer.site else ("zap reached no page of the application",),
    )


def _flaw(alert: _Alert, instance: _Instance) -> Flaw:
    everywhere = alert.pluginid in _OF_ALL_PAGES
    return Flaw(
        rule=_rule(alert),
        title=html.unescape(alert.alert),
        note=" ".join(html.unescape(_MARK.sub(" ", alert.desc[:TEXT_CHARS])).split()),
        severity=_GRADES.get(alert.riskcode, Severity.UNKNOWN),
        confidence=_SURE.get(alert.confidence, Confidence.LOW),
        cwes=weaknesses((alert.cweid,)),
        method="GET" if everywhere else instance.method,
        path="/" if everywhere else _path(instance.uri),
        parameter="" if everywhere else html.unescape(instance.param),
        url=f"https://www.zaproxy.org/docs/alerts/{_rule(alert)}/",
    )


def _rule(alert: _Alert) -> str:
    number = alert.pluginid
    looks = number.isascii() and number.isdigit() and len(number) < 9 and int(number) in _PASSIVE
    return (alert.alertRef or number)[:80] if looks else number[:80]


def _path(uri: str) -> str:
    try:
        return urlsplit(html.unescape(uri)).path or "/"
    except ValueError:
        return "/"


_ALERT = {
    "pluginid": "40012",
    "alertRef": "40012",
    "alert": "Cross Site Scripting (Reflected)",
    "name": "Cross Site Scripting (Reflected)",
    "riskcode": "3",
    "confidence": "2",
    "riskdesc": "High (Medium)",
    "desc": "<p>Cross-site Scripting (XSS) is an attack technique</p><p>&hellip;</p>",
    "instances": [
        {
            "id": "29",
            "uri": "http://127.0.0.1:8099/search?q=%3CscrIpt%3Ealert%281%29%3B%3C%2FscRipt%3E",
            "nodeName": "http://127.0.0.1:8099/search (q)",
            "method": "GET",
            "param": "q",
            "attack": "<scrIpt>alert(1);</scRipt>",
            "evidence": "<scrIpt>alert(1);</scRipt>",
            "otherinfo": "",
        }
    ],
    "count": "1",
    "systemic": False,
    "solution": "<p>...</p>",
    "otherinfo": "",
    "reference": "<p>...</p>",
    "cweid": "79",
    "wascid": "8",
    "sourceid": "95",
}
_TRAVERSAL = {
    **_ALERT,
    "pluginid": "6",
    "alertRef": "6-2",
    "alert": "Path Traversal",
    "cweid": "22",
    "instances": [
        {
            "uri": "http://127.0.0.1:8099/file?name=%2Fetc%2Fpasswd",
            "method": "GET",
            "param": "name",
            "evidence": "root:x:0:0",
        }
    ],
}
_POLICY = {
    **_ALERT,
    "pluginid": "10038",
    "alertRef": "10038-1",
    "alert": "Content Security Policy (CSP) Header Not Set",
    "riskcode": "2",
    "confidence": "3",
    "cweid": "693",
    "instances": [
        {"uri": "http://127.0.0.1:8099/", "method": "GET", "param": ""},
        {"uri": "http://127.0.0.1:8099/search?q=tea", "method": "GET", "param": ""},
    ],
}
_FUZZED = {
    **_ALERT,
    "pluginid": "10104",
    "alertRef": "10104",
    "alert": "User Agent Fuzzer",
    "riskcode": "0",
    "cweid": "0",
    "instances": [
        {
            "uri": "http://127.0.0.1:8099/go?to=/",
            "method": "GET",
            "param": "Header User-Agent",
            "attack": "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)",
        }
    ],
}
_SITE = {"@name": "http://127.0.0.1:8099", "@host": "127.0.0.1", "@port": "8099", "@ssl": "false"}
_REPORT = {"@programName": "ZAP", "@version": "2.17.0", "@generated": "Sun, 22 Nov 2026 07:19:23"}
_ALERTS = [_ALERT, _TRAVERSAL, _POLICY, _FUZZED]
FIRES = (
    Sample(
        output=json.dumps({**_REPORT, "site": [{**_SITE, "alerts": _ALERTS}]}).encode(),
        flaws=(
            "40012 GET /search q high CWE-79",
            "6 GET /file name high CWE-22",
            "10038-1 GET / medium CWE-693",
            "10104 GET /go Header User-Agent negligible",
        ),
    ),
    # Nobody answered: ZAP calls this a success.
    Sample(output=json.dumps({**_REPORT, "site": []}).encode(), problems=1),
)
SILENT = (Sample(output=json.dumps({**_REPORT, "site": [{**_SITE, "alerts": []}]}).encode()),)
