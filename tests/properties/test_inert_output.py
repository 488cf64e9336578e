"""
No string that came from an image acts on what shows it, in any report.

A report whose every string ends in a payload is held against the same report with harmless words
in their places. Law: the two are built alike: as many lines, tags, elements and commands, whatever
the names say; and no byte of the first acts on a terminal or on a CI service's log.
"""

import json
import re
import xml.etree.ElementTree as ET  # our own output is read here
from collections import Counter
from collections.abc import Callable
from enum import Enum
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest
from markdown_it import MarkdownIt

from pratique.kit import registry
from pratique.model.report import Report
from pratique.reports.interface import Style
from tests.makers import report as made

REPORTS = registry.load("reports")
PAYLOADS = {
    "escape-sequence": "\x1b[2J\x1b]0;owned\x07\x1b[31m",
    "c1-control": "\x9b31m\x90q\x9c",
    "newline-command": "\r\n::error file=x::evil",
    "command-at-start": "::set-output name=x::y",
    "azure-command": "\n##vso[task.setvariable x]y\n##[error]z",
    "line-separators": "\u2028::error::x\u2029\x0b\x0c\x85::warning::y",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)" x=\'y\'',
    "comment": "--><!--]]><![CDATA[<x>",
    "entity": "&lt;b&gt;&#x3c;i&#x3e;&x;",
    "override": "\u202egpj.exe\u2066\u200f",
    "invisible": "\u200b\ufeff\u00ad\U000e0041",
    "markdown-link": "[click](javascript:alert(1)) ![x](http://127.0.0.1:9/p.png)",
    "markdown-blocks": "\n# heading\n\n| a | b |\n|---|---|\n- item\n```\ncode",
    "markdown-fence": "`` ` ``` `",
    "table-bar": "a | b || c \\| d \\",
    "mention": "@octocat #1 GH-1 http://127.0.0.1:9/x",
    "sarif-link": "[here](0) {0} {1}",
    "uri": "javascript:alert(1)//%0d%0aX: y",
    "traversal": "../../../../etc/passwd?x#y%2e%2e/",
    "json": '","x":"\\u0000\\',
    "lone-surrogate-stand-in": "\uf7ff\ufffe\uffff",
    "combining": "a" + "\u0301" * 200,
}
HARMLESS = "word"
KEPT = frozenset(
    (
        *("digest", "config_digest", "index_digest", "diff_id", "blob", "diff_ids", "media_type"),
        *("purl", "now", "tool_version", "published", "modified", "added", "vector", "value"),
        *("outcome", "threshold", "severity_source", "key", "date", "fetched", "kind", "package"),
    )
)
"""Fields that are made or checked by this program, and those whose form is fixed."""


def poisoned(value: Any, word: str, field: str = "") -> Any:
    """Return a report's part with ``word`` at the end of every string that others chose."""
    if isinstance(value, msgspec.Struct):
        fields = value.__struct_fields__
        return type(value)(**{name: poisoned(getattr(value, name), word, name) for name in fields})
    if isinstance(value, tuple):
        return tuple(poisoned(item, word, field) for item in value)
    if isinstance(value, dict):
        return {key: poisoned(item, word, field) for key, item in value.items()}
    if isinstance(value, str) and not isinstance(value, Enum) and value and field not in KEPT:
        return f"{value} {word}"
    return value


def rendered(name: str, word: str, style: Style, kind: str = "everything") -> str:
    """Return a report of one kind with ``word`` in all strings, as text."""
    report: Report = poisoned(made.every_kind()[kind], word)
    content: str = REPORTS[name].render(report, style).decode("utf-8")
    return content


def lines_of_a_terminal(content: str) -> object:
    """Return how many lines there are; our own colours aside, nothing may act."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", content)
    assert [char for char in plain if char != "\n" and not char.isprintable()] == []
    return None  # names are cut to the columns there are, so lines may differ


def shape_of_json(content: str) -> object:
    """Return the keys at all places of a JSON document."""
    assert [char for char in content if char != "\n" and ord(char) < 0x20] == []
    keys: Counter[str] = Counter()
    waiting = [("", json.loads(content))]
    while waiting:
        path, value = waiting.pop()
        keys[path] += 1
        if isinstance(value, dict):
            waiting += [(f"{path}.{key}", item) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [(path, item) for item in value]
    return {path.partition(".properties")[0] for path in keys}


class _Tags(HTMLParser):
    def __init__(self, content: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: Counter[tuple[str, ...]] = Counter()
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[(tag, *sorted(name for name, _ in attrs))] += 1
        for name, value in attrs:
            if name in ("href", "src"):
                assert (value or "").startswith(("https://", "http://", "#")), value

    def handle_comment(self, data: str) -> None:
        self.seen[("comment",)] += 1

    def unknown_decl(self, data: str) -> None:
        self.seen[("declaration",)] += 1


def tags_of_html(content: str) -> object:
    """Return the tags with the names of their attributes, links aside, counted."""
    assert [char for char in content if char != "\n" and not char.isprintable()] == []
    # A text of many words may be cut; an address that is none is shown as text.
    return {tag for tag in _Tags(content).seen if tag[0] != "a"}


def tags_of_markdown(content: str) -> object:
    """Return the tags that GitHub's dialect makes of it."""
    assert [char for char in content if char != "\n" and not char.isprintable()] == []
    html = (
        MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").render(content)
    )
    outside = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert "@octocat" not in outside
    return {tag for tag in _Tags(html).seen if tag[0] != "a"}


def elements_of_xml(content: str) -> object:
    """Return the elements with their attributes, counted."""
    found: Counter[tuple[str, ...]] = Counter()
    for element in ET.fromstring(content).iter():
        found[(element.tag, *sorted(element.attrib))] += 1
    return found


def commands_of_github(content: str) -> object:
    """Return the commands: each line is one, of ours, and its properties hold no separator."""
    assert "\r" not in content
    found = []
    for line in content.removesuffix("\n").split("\n"):
        match = re.fullmatch(
            r"::(error|warning|notice)((?: [a-z]+=[^:,]*)(?:,[a-z]+=[^:,]*)*)?::.*", line
        )
        assert match, line
        found.append(match[1])
        assert [char for char in line if not char.isprintable()] == []
    return found


def lines_of_findings(content: str) -> object:
    """Return how many lines there are: one for each finding and Unknown, whatever it is called."""
    lines_of_a_terminal(content)
    return content.count("\n")


CHECKS: dict[str, Callable[[str], object]] = {
    "table": lines_of_a_terminal,
    "lines": lines_of_findings,
    "github": commands_of_github,
    "html": tags_of_html,
    "markdown": tags_of_markdown,
    "junit": elements_of_xml,
    **dict.fromkeys(("json", "cyclonedx", "spdx", "sarif", "gitlab", "openvex"), shape_of_json),
    "trivy-json": shape_of_json,
}


def test_every_report_is_checked() -> None:
    """A report that is added gets its line here."""
    assert CHECKS.keys() == REPORTS.keys()


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize("kind", ["everything", "contraband"])
def test_a_report_is_built_alike_whatever_the_names_say(name: str, payload: str, kind: str) -> None:
    """What the names say changes no structure, and nothing of it acts."""
    for style in (Style(), Style(full=True, colour=True, show_suppressed=True, width=120)):
        content = rendered(name, PAYLOADS[payload], style, kind)
        assert CHECKS[name](content) == CHECKS[name](rendered(name, HARMLESS, style, kind))
        if name != "github":
            no_command(content)


def no_command(content: str) -> None:
    """Assert that no line is a command to a CI service that prints it."""
    for line in re.split(r"[\n\r]", content):
        assert not line.lstrip().startswith("::")
        assert "##vso[" not in line
        assert "##[" not in line


@pytest.mark.parametrize("payload", PAYLOADS)
def test_json_says_the_names_as_they_are(payload: str) -> None:
    """A machine gets the very name: nothing is taken out of what is compared."""
    report = json.loads(rendered("json", PAYLOADS[payload], Style()))
    names = [package["name"] for package in report["subjects"][0]["packages"]]
    assert all(name.endswith(f" {PAYLOADS[payload]}") for name in names)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_sarif_leads_nowhere(payload: str) -> None:
    """Addresses are relative or of the web, and no message holds a link that a name made."""
    document = json.loads(rendered("sarif", PAYLOADS[payload], Style()))
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            waiting += list(value.items())
        elif isinstance(value, list):
            waiting += [(key, item) for item in value]
        elif key in ("uri", "helpUri", "informationUri") and value:
            assert re.fullmatch(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*", value), value
            assert re.match(r"(https?://|[^:/?#]*(/|$))", value), value
        elif key == "text" and isinstance(value, str):
            assert not re.search(r"(?<!\\)\[[^\]]*\]\(", value), value
