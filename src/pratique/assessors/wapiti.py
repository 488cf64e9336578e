"""
Attack a web application with wapiti: injections, traversal, redirects, missing headers.

It follows links and forms below the root and tries its payloads on their parameters. Only modules are
run that need nobody else: none that asks a server of wapiti's makers to call back, none that guesses
passwords. What its modules call an anomaly (an answer of 500 to a payload) is told as such, not graver than
medium. Its licence is GPL-2.0: it is a process of its own that the user installs.
Source: https://wapiti-scanner.github.io (JSON report).
"""

import json
import re

from msgspec import Struct

from pratique.assessors.interface import (
    MOST_FLAWS,
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

NAME = "wapiti"
TITLE = "web applications that can be injected into"
PROGRAMS = ("wapiti",)
INSTALL = "pipx install wapiti3"
SURFACE = Surface.SERVICE
LANGUAGES = ("http",)
PATTERNS = Patterns()
NEEDS_DOCUMENT = False
OPTIONAL = False
SECONDS = 300
EXITS = frozenset({0})
ENVIRON: dict[str, str] = {}

_MODULES = "exec,file,sql,xss,permanentxss,redirect,crlf,csp,http_headers,cookieflags,xxe"
_GRADES = {1: Severity.LOW, 2: Severity.MEDIUM, 3: Severity.HIGH, 4: Severity.CRITICAL}
_SLUG = re.compile(r"[^a-z0-9]+")
_MEANT = {"clickjacking-protection": "CWE-1021", "crlf-injection": "CWE-113"}
"""Weaknesses to which wapiti gives no number, or a wider one, than other tools do."""
_PASSIVE = frozenset({"csp", "http_headers", "cookieflags"})
"""Modules that look at answers only, once for all pages."""


class _Entry(Struct, frozen=True):
    method: str
    path: str
    info: str = ""
    level: int = 0
    parameter: str | None = ""
    module: str | None = ""


class _Class(Struct, frozen=True):
    desc: str = ""
    ref: dict[str, str] = {}


class _Answer(Struct, frozen=True):
    vulnerabilities: dict[str, list[_Entry]]
    anomalies: dict[str, list[_Entry]] = {}
    classifications: dict[str, _Class] = {}


def command(program: str, work: Work) -> tuple[str, ...]:
    """Return the command line; see the interface."""
    reach = ("--url", f"{work.url}/", "--scope", "folder", "--module", _MODULES)
    bounds = ("--max-scan-time", str(work.seconds), "--timeout", "10", "--max-links-per-page", "50")
    alone = ("--flush-session", "--no-bugreport", "--verbose", "0")
    document = ("--swagger", work.document) if work.document else ()
    return (program, *reach, *document, *bounds, *alone, "--format", "json", "-o", work.output)


def read(output: bytes) -> Told:
    """Return what wapiti's JSON says; see the interface."""
    answer = decoded(output, _Answer, NAME)
    found = [
        *_flaws(answer.vulnerabilities, answer, Severity.CRITICAL),
        *_flaws(answer.anomalies, answer, Severity.MEDIUM),
    ]
    return Told(flaws=tuple(dict.fromkeys(found))[:MOST_FLAWS])


def _flaws(entries: dict[str, list[_Entry]], answer: _Answer, most: Severity) -> list[Flaw]:
    return [
        _flaw(name, one, answer.classifications.get(name, _Class()), most)
        for name, members in entries.items()
        for one in members[:MOST_FLAWS]
    ]


def _flaw(name: str, entry: _Entry, about: _Class, most: Severity) -> Flaw:
    grade = _GRADES.get(entry.level, Severity.UNKNOWN)
    anomaly = most is Severity.MEDIUM
    rule = _SLUG.sub("-", name.lower()).strip("-")[:80]
    return Flaw(
        rule=rule,
        title=name,
        # The same fault at several payloads is one fault.
        note=f"{name} at a payload" if anomaly else entry.info.partition("\n")[0],
        severity=min(grade, most, key=lambda one: one.rank),
        confidence=Confidence.MEDIUM if anomaly else Confidence.HIGH,
        cwes=weaknesses((*about.ref, _MEANT.get(rule, ""))),
        method=entry.method,
        path="/" if entry.module in _PASSIVE else entry.path,
        parameter=entry.parameter or "",
        url=next((url for ref, url in about.ref.items() if ref.startswith("CWE-")), ""),
    )


_XSS = {
    "method": "GET",
    "path": "/search",
    "info": "Reflected Cross Site Scripting vulnerability found via injection in the parameter q",
    "level": 2,
    "parameter": "q",
    "referer": "",
    "module": "xss",
    "http_request": "GET /search?q=%3CScRiPt%3E HTTP/1.1",
    "curl_command": 'curl "http://127.0.0.1/search?q=x"',
    "wstg": ["WSTG-INPV-01"],
}
_FRAMED = {
    "method": "GET",
    "path": "/",
    "info": "X-Frame-Options is not set",
    "level": 1,
    "parameter": "",
    "referer": "",
    "module": "http_headers",
}
_ERROR = {
    "method": "GET",
    "path": "/calc",
    "info": "The server responded with a 500 HTTP error code while attempting to inject a payload",
    "level": 3,
    "parameter": "sum",
    "referer": "",
    "module": "exec",
}
_CLASSES = {
    "Reflected Cross Site Scripting": {
        "desc": "Cross-site scripting (XSS) is ...",
        "sol": "...",
        "ref": {
            "CWE-79: Improper Neutralization": "https://cwe.mitre.org/data/definitions/79.html"
        },
        "wstg": ["WSTG-INPV-01"],
    }
}
FIRES = (
    Sample(
        output=json.dumps(
            {
                "classifications": _CLASSES,
                "vulnerabilities": {
                    "Reflected Cross Site Scripting": [_XSS, _XSS],
                    "Clickjacking Protection": [_FRAMED],
                },
                "anomalies": {"Internal Server Error": [_ERROR]},
                "additionals": {},
                "infos": {"version": "Wapiti 3.2.3"},
            }
        ).encode(),
        flaws=(
            "reflected-cross-site-scripting GET /search q medium CWE-79",
            "clickjacking-protection GET / low CWE-1021",
            "internal-server-error GET /calc sum medium",
        ),
    ),
)
SILENT = (
    Sample(
        output=b'{"classifications": {}, "vulnerabilities": {"SQL Injection": []}, "anomalies": {}}'
    ),
)
