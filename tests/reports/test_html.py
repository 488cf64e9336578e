import base64
import hashlib
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from pratique.model.report import Report
from pratique.reports import html
from pratique.reports._html_script import SCRIPT
from pratique.reports._html_style import STYLE
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden
from tests.reports.strange import strange_reports

KINDS = made.every_kind()
VOID = {"meta", "br", "rect"}
TAGS = {
    *("html", "head", "body", "title", "style", "script", "header", "nav", "main", "section"),
    *("footer", "div", "span", "p", "h1", "h2", "h3", "small", "b", "code", "a", "ul", "li"),
    *("details", "summary", "figure", "figcaption", "svg", "text", "rect"),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *VOID,
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "scope", "href", "rel", "id"),
    *("role", "aria-label", "aria-labelledby", "aria-hidden", "viewbox", "preserveaspectratio"),
    *("x", "y", "width", "height", "data-sort", "data-key", "data-label"),
    *("data-severity", "data-kind", "data-part", "data-state"),
}
OWN_LINKS = {"#content", "#subject-0", "#subject-1"}


class Page(HTMLParser):
    """Read a page as a browser would; fails where tags do not close in order."""

    def __init__(self, content: str):
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(content)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        assert tag == "rect"
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            self.texts.setdefault(self.open[-1], []).append(data)


def page(report: Report) -> Page:
    return Page(html.render(report, Style()).decode())


@pytest.mark.parametrize("kind", ["contraband", "everything", "languages"])
def test_equals_its_golden(kind: str):
    """The page looks as it was last reviewed."""
    golden(f"report-{kind}.html", html.render(KINDS[kind], Style()))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_tags_are_few_and_closed(kind: str):
    """Every page is well formed and made of the known tags."""
    found = page(KINDS[kind])
    assert {tag for tag, _ in found.seen} <= TAGS
    assert {name for _, attributes in found.seen for name in attributes} <= ATTRIBUTES


@settings(max_examples=40, deadline=None)
@given(strange_reports())
def test_no_string_of_the_image_acts(report: Report):
    """Names are text: no tag, attribute, address or control character comes from them."""
    content = html.render(report, Style()).decode()
    found = Page(content)
    assert {tag for tag, _ in found.seen} <= TAGS
    assert {name for _, attributes in found.seen for name in attributes} <= ATTRIBUTES
    assert found.texts["script"] == [SCRIPT]
    assert found.texts["style"] == [STYLE]
    for _, attributes in found.seen:
        href = attributes.get("href", "https://")
        assert href in OWN_LINKS or href.startswith(("https://", "http://"))
    assert all(char == "\n" or char.isprintable() for char in content)


def test_markup_in_a_name_is_shown():
    """A name that is markup is read letter by letter."""
    name = '</td><script>alert(1)</script><img src=x onerror="a">'
    report = made.report(made.subject(packages=(made.deb(name, "1"),), findings=()))
    assert name in "".join(page(report).texts["b"])


def test_the_policy_allows_what_is_there_and_nothing_else():
    """Style and script are allowed by their hashes; there is nothing to fetch."""
    found = page(KINDS["typical"])
    metas = (values for tag, values in found.seen if tag == "meta")
    policy = next(v["content"] for v in metas if v.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    for kind, content in (("style", STYLE), ("script", SCRIPT)):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert "innerHTML" not in SCRIPT


def test_nothing_found_is_said_of_what_was_looked_at():
    """A clean page names what was checked; one with gaps does not sound clean."""
    assert "No known flaw: 10 deb packages" in "".join(page(KINDS["clean"]).texts["p"])
    words = "".join(page(KINDS["incomplete"]).texts["p"])
    assert "No known flaw" not in words
    assert "the rest may hold some" in words


def test_suppressed_findings_are_grouped_by_reason():
    """Each group says whose word it is."""
    heads = page(KINDS["languages"]).texts["h3"]
    assert "2 not in the program" in heads
    assert "1 ruled out by VEX" in heads


def test_a_verdict_is_said_first_and_in_the_title():
    """The tab and the first lines name the answer; the outcome of a threshold is not said beside it."""
    found = page(KINDS["contraband"])
    assert found.texts["title"][0].startswith("DENY registry.example")
    assert "FAIL" not in found.texts["b"]
    assert "1 program known to be malicious: usr/local/bin/kworkerds " in found.texts["div"]


def test_there_is_one_landmark_of_each_kind():
    """Readers of the screen find header, main and footer; every section and table has a name."""
    found = page(KINDS["platforms"])
    tags = [tag for tag, _ in found.seen]
    assert [tags.count(name) for name in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    ids = {attributes["id"] for _, attributes in found.seen if "id" in attributes}
    for tag, attributes in found.seen:
        if tag == "section":
            assert attributes.get("aria-labelledby", "subject-0") in ids
        if tag == "table":
            assert attributes["aria-label"]
        if tag == "th":
            assert attributes["scope"] in ("col", "row")
