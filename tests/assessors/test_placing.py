"""Findings of tools keep their id when lines move, believe no strange place, and agree with each other."""

from pratique.assessors import bandit, semgrep, wapiti
from pratique.assessors.interface import Flaw
from pratique.assessors.placing import Owner, agreed, is_bought_in, place_code, place_service
from pratique.model.digest import Digest
from pratique.model.finding import FindingKind
from pratique.model.package import LayerRef, Package, PackageType, Purl
from pratique.model.severity import Severity

LAYER = LayerRef(index=1, blob=Digest("sha256:aa"), diff_id=Digest("sha256:bb"))
FLASK = Package(type=PackageType.PYPI, name="flask", version="1.0", purl=Purl("pkg:pypi/flask@1.0"))
OWNERS = {
    "app/shop.py": ("app/shop.py", Owner(layer=LAYER)),
    "unusual-names/0.py": ("app/sh\nop.py", Owner(layer=LAYER, package=FLASK)),
}
LINES = {46: b"  eval(x)", 50: b"eval(x)", 99: b"exec(x)"}


def flaw(file="./app/shop.py", line=46, **more):
    fields = {"rule": "B307", "title": "eval", "severity": Severity.MEDIUM, "cwes": ("CWE-95",)}
    return Flaw(file=file, line=line, **{**fields, **more})


def placed(*flaws, unit=bandit, lines=LINES):
    return place_code(unit, flaws, "/w/src", OWNERS, lambda name, line: lines.get(line, b""))


def test_a_finding_says_where_and_whose():
    """The path is that of the target, with layer and package, however the tool wrote it."""
    for file in ("app/shop.py", "./app/shop.py", "/w/src/app/shop.py", "/w/src/./app//shop.py"):
        (one,) = placed(flaw(file)).findings
        assert (one.kind, one.rule, one.location, one.line) == (
            FindingKind.CODE,
            "bandit:B307",
            "app/shop.py",
            46,
        )
        assert one.layer == LAYER
        assert one.package == ""
    (odd,) = placed(flaw("unusual-names/0.py")).findings
    assert (odd.location, odd.package, odd.package_name) == ("app/sh\nop.py", FLASK.key, "flask")


def test_a_place_that_was_not_given_is_told():
    """A tool that is led astray names files of this machine; they are no findings."""
    told = placed(flaw("/etc/passwd"), flaw("../x.py"), flaw())
    assert len(told.findings) == 1
    assert [one.rpartition(": ")[2] for one in told.problems] == ["../x.py", "/etc/passwd"]


def test_ids_outlive_lines_above():
    """The id is made of the text of the line; the same text twice is two findings."""
    first, second = placed(flaw(line=46), flaw(line=50)).findings
    assert second.id == f"{first.id}:2"
    (moved,) = placed(flaw(line=99), lines={99: b"eval(x)"}).findings
    assert moved.id == first.id
    assert len(placed(flaw(), flaw()).findings) == 1


def test_a_request_is_told_once():
    """A finding of a running application names request and parameter."""
    one = Flaw(
        rule="xss", title="XSS", method="GET", path="/search", parameter="q", note="reflected"
    )
    (found,) = place_service(wapiti, (one, one)).findings
    assert (found.kind, found.location) == (FindingKind.SERVICE, "GET /search")
    assert found.description == "GET /search: parameter q: reflected"


def test_two_tools_that_mean_the_same_are_one_finding():
    """The graver word stands, both rules are named; another weakness on the line stays another."""
    ours = placed(flaw(rule="python-eval", severity=Severity.HIGH), unit=semgrep).findings
    other = placed(flaw(rule="B999", cwes=("CWE-1",))).findings
    both = agreed((*placed(flaw()).findings, *ours, *other))
    assert [one.rule for one in both] == ["semgrep:python-eval", "bandit:B999"]
    assert both[0].names == ("python-eval", "bandit:B307", "B307")
    assert [one.feed for one in both[0].evidence] == ["semgrep", "bandit"]
    assert agreed(both) == both


def test_one_tool_never_agrees_with_itself():
    """Two rules of one tool with one weakness on one line are two findings, as the tool says."""
    found = placed(flaw(), flaw(rule="B102")).findings
    assert agreed(found) == found


def test_bought_in_folders():
    """In a repository `lib` is a folder of its own code, in an image it is the system's."""
    assert not is_bought_in("lib/shop.rb", of_system=False)
    assert is_bought_in("usr/local/lib/python3.11/json/decoder.py", of_system=True)
    assert is_bought_in("node_modules/x/y.js", of_system=False)
    assert not is_bought_in("node_modules.js", of_system=False)
