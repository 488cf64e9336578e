"""
Look at a web application with ZAP, where it is installed.

Its quick scan follows links and attacks what it finds. ZAP is large and needs Java, so nobody is
asked to install it. Its licence is Apache-2.0.
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
EXITS = frozenset({0, 1, 2})
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
_MARK = re.compile(r"<[^<>]{0,200}>")


class _Instance(Struct, frozen=True):
    uri: str = ""
    method: str = ""
    param: str = ""


class _Alert(Struct, frozen=True):
    pluginid: str
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
    return (program, "-cmd", *alone, "-quickurl", f"{work.url}/", "-quickout", work.output)


def read(output: bytes) -> Told:
    """Return what ZAP's JSON says; see the interface."""
    answer = decoded(output, _Answer, NAME)
    found = [
        _flaw(alert, instance)
        for site in answer.site
        for alert in site.alerts
        for instance in (alert.instances or [_Instance()])[:MOST_FLAWS]
    ]
    return Told(flaws=tuple(dict.fromkeys(found))[:MOST_FLAWS])


def _flaw(alert: _Alert, instance: _Instance) -> Flaw:
    try:
        path = urlsplit(instance.uri).path
    except ValueError:
        path = ""
    return Flaw(
        rule=alert.pluginid,
        title=alert.alert,
        note=" ".join(html.unescape(_MARK.sub(" ", alert.desc[:TEXT_CHARS])).split()),
        severity=_GRADES.get(alert.riskcode, Severity.UNKNOWN),
        confidence=_SURE.get(alert.confidence, Confidence.LOW),
        cwes=weaknesses((alert.cweid,)),
        method=instance.method,
        path=path or "/",
        parameter=instance.param,
        url=f"https://www.zaproxy.org/docs/alerts/{alert.pluginid}/",
    )


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
        {"uri": "http://127.0.0.1:8099/search?q=x", "method": "GET", "param": "q", "attack": "<x>"}
    ],
    "count": "1",
    "solution": "<p>...</p>",
    "reference": "<p>...</p>",
    "cweid": "79",
    "wascid": "8",
}
_SITE = {"@name": "http://127.0.0.1:8099", "@host": "127.0.0.1", "@port": "8099", "@ssl": "false"}
FIRES = (
    Sample(
        output=json.dumps({"@version": "2.15.0", "site": [{**_SITE, "alerts": [_ALERT]}]}).encode(),
        flaws=("40012 GET /search q high CWE-79",),
    ),
)
SILENT = (Sample(output=json.dumps({"@version": "2.15.0", "site": []}).encode()),)
