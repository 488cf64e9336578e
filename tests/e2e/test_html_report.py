"""
Use the HTML report as a person does: in a real browser, with the keyboard, on paper, on a phone.

Needs Debian's Chromium (``PRATIQUE_REQUIRE=chromium``).
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.model.report import Report
from pratique.reports import html
from pratique.reports.interface import Style
from tests.e2e.browser import Browser, browser
from tests.makers import report as made

KINDS = made.every_kind()
VISIBLE = "[...document.querySelectorAll('table[data-sort=findings] tbody tr')].filter(row => row.offsetHeight)"
CONTRAST = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
  const behind = node => { for (; node; node = node.parentElement) {
    const found = rgb(getComputedStyle(node).backgroundColor); if (found[3] > 250) return found; }
    return [255, 255, 255, 255]; };
  const poor = [];
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some(one => one.nodeType === 3 && one.data.trim());
    if (!own || !node.getClientRects().length || /^(SCRIPT|STYLE)$/.test(node.tagName)) continue;
    const style = getComputedStyle(node);
    const ink = light(rgb(node.closest('svg') ? style.fill : style.color)), paper = light(behind(node));
    const ratio = (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
    if (ratio < 4.5) poor.push(`${node.tagName}.${node.className} ${ratio.toFixed(2)} ${node.textContent.slice(0, 30)}`);
  }
  return poor;
})()"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TAB, ENTER = 9, 13


@pytest.fixture(scope="module")
def tab(need: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a tab of one browser for all tests."""
    with browser(need("chromium"), tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture
def show(tab: Browser, tmp_path: Path) -> Callable[..., Browser]:
    """Return a function that shows a report."""

    def shown(report: Report, **size: int) -> Browser:
        page = tmp_path / "report.html"
        page.write_bytes(html.render(report, Style()))
        tab.media()
        tab.open(page, **size)
        return tab

    return shown


def settled(tab: Browser, expression: str, wanted: object) -> object:
    """Return an expression's value as soon as it is ``wanted``, else what it was last (10 s)."""
    value: object = None
    for _ in range(200):
        value = tab.ask(expression)
        if value == wanted:
            break
        time.sleep(0.05)
    return value


def test_it_asks_for_nothing_and_complains_of_nothing(show: Callable[..., Browser]):
    """One file is read, no request follows, and the security policy has nothing to refuse."""
    tab = show(KINDS["contraband"])
    assert [url.partition("/report.html")[1] for url in tab.requests()] == ["/report.html"]
    told = [
        one for one in tab.events if one["method"] in ("Log.entryAdded", "Runtime.exceptionThrown")
    ]
    assert told == []


def test_the_policy_refuses_what_a_name_might_try(show: Callable[..., Browser]):
    """Even code that runs in the page can fetch nothing and add no style or script."""
    tab = show(KINDS["contraband"])
    assert tab.ask("fetch('https://a.example/').then(() => 'got', () => 'refused')") == "refused"
    tab.ask(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.evil = 1'}))"
    )
    assert tab.ask("window.evil ?? 'refused'") == "refused"


@pytest.mark.parametrize("name", ['<img src=x onerror="window.evil=1">', "</script><script>window.evil=1</script>", "javascript:window.evil=1"])  # fmt: skip
def test_hostile_names_are_read_letter_by_letter(show: Callable[..., Browser], name: str):
    """A path, a mask or a title that is markup is shown as it is written."""
    odd = replace(made.others()[1], location=name, masked=name, title=name, rule=name)
    tab = show(made.report(made.subject(findings=(odd,))))
    assert tab.ask("window.evil ?? 'nothing'") == "nothing"
    assert tab.ask(f"{VISIBLE}[0].textContent").count(name) == 4  # type: ignore[attr-defined]
    assert tab.ask("document.querySelectorAll('img').length") == 0


def test_search_and_filters_narrow_the_rows(show: Callable[..., Browser]):
    """Words, severities, kinds, parts and states each leave what they say, and say how much."""
    tab = show(KINDS["contraband"])
    assert tab.ask(f"{VISIBLE}.length") == 17
    tab.ask("document.querySelector('input[type=search]').focus()")
    tab.type("curl 2026-1003")
    assert settled(tab, f"{VISIBLE}.length", 2) == 2
    assert tab.ask("document.querySelector('output').textContent") == "2 of 17 rows"
    tab.ask(
        "(box => { box.value = ''; box.oninput(); })(document.querySelector('input[type=search]'))"
    )
    assert settled(tab, f"{VISIBLE}.length", 17) == 17
    tab.ask("document.querySelector('.toolbar button.high').click()")
    assert tab.ask(f"{VISIBLE}.length") == 11
    assert tab.ask("document.querySelector('.toolbar button.high').ariaPressed") == "false"
    tab.ask("(one => { one.value = 'secret'; one.onchange(); })(document.querySelector('select'))")
    assert tab.ask(f"{VISIBLE}.map(row => row.dataset.kind)") == ["secret", "secret"]


def test_the_keyboard_is_enough(show: Callable[..., Browser]):
    """A slash leads to the search box, Tab to a column's head, Enter sorts by it, both ways."""
    tab = show(KINDS["contraband"])
    tab.press("/", 191, "/")
    assert tab.ask("document.activeElement.type") == "search"
    tab.type("CVE")
    assert settled(tab, f"{VISIBLE}.length", 10) == 10
    for _ in range(30):
        tab.press("Tab", TAB)
        if tab.ask("document.activeElement.closest('th')?.textContent") == "Package or place":
            break
    names = f"{VISIBLE}.map(row => row.cells[2].dataset.key)"
    for order, turned in (("ascending", False), ("descending", True)):
        tab.press("Enter", ENTER, "\r")
        found = tab.ask(names)
        assert isinstance(found, list)
        assert found == sorted(found, key=str.lower, reverse=turned)
        assert tab.ask("document.activeElement.closest('th').ariaSort") == order


def test_severities_sort_by_rank_not_by_letter(show: Callable[..., Browser]):
    """Critical comes before high, and unknown last."""
    tab = show(KINDS["typical"])
    click = "document.querySelector('table[data-sort=findings] th button').click()"
    tab.ask(click)
    grades = tab.ask(f"{VISIBLE}.map(row => row.cells[0].textContent)")
    assert isinstance(grades, list)
    assert list(dict.fromkeys(grades)) == ["critical", "high", "medium", "low", "negligible", "unknown"]  # fmt: skip


def test_thousands_of_rows_are_shown_in_steps(show: Callable[..., Browser]):
    """Of 5,000 findings a part is laid out; search and sort see all, and more come on request."""
    tab = show(made.large(5000))
    assert tab.ask(f"{VISIBLE}.length") == 200
    assert tab.ask("document.querySelector('.more').textContent") == "Show 200 more of 4800"
    tab.ask("document.querySelector('.more').click()")
    assert tab.ask(f"{VISIBLE}.length") == 400
    tab.ask(
        "(box => { box.value = 'CVE-2026-14999'; box.oninput(); })(document.querySelector('input[type=search]'))"
    )
    assert settled(tab, f"{VISIBLE}.length", 1) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_contrast(show: Callable[..., Browser], scheme: str):
    """Text stands out from its paper by 4.5 to 1, in both colour schemes (WCAG 2.2, 1.4.3)."""
    tab = show(KINDS["contraband"])
    tab.media(scheme=scheme)
    tab.ask("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert tab.ask(CONTRAST) == []


@pytest.mark.parametrize("width", [320, 380, 768, 1280])
@pytest.mark.parametrize("kind", ["contraband", "languages", "platforms"])
def test_no_width_makes_the_page_scroll_sideways(
    show: Callable[..., Browser], width: int, kind: str
):
    """From a phone to a desk everything is within the window (WCAG 2.2, 1.4.10)."""
    assert show(KINDS[kind], width=width).ask(WIDER) == 0


def test_on_paper_everything_is_open_and_nothing_is_a_control(show: Callable[..., Browser]):
    """Folded parts print, controls do not, and rows beyond the first step are there too."""
    tab = show(made.large(1000))
    assert tab.ask("document.querySelector('details td').checkVisibility()") is False
    tab.media(kind="print")
    rows = "[...document.querySelectorAll('table[data-sort=findings] tbody tr')]"
    assert tab.ask(f"{rows}.every(row => getComputedStyle(row).display === 'table-row')") is True
    assert tab.ask("getComputedStyle(document.querySelector('.toolbar')).display") == "none"
    folded = "document.querySelector('details td').checkVisibility()"
    assert tab.ask(folded) is True
    assert tab.pdf().startswith(b"%PDF-")


def test_without_a_script_everything_is_there(show: Callable[..., Browser], tab: Browser):
    """Where scripts are refused, all rows stand in the order of the report."""
    tab.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        show(made.large(500))
        found = tab.send("DOM.getDocument")["root"]["nodeId"]
        rows = tab.send("DOM.querySelectorAll", nodeId=found, selector="[data-sort=findings] tbody tr:not(.past, [hidden])")  # fmt: skip
        assert len(rows["nodeIds"]) == 500
    finally:
        tab.send("Emulation.setScriptExecutionDisabled", value=False)
