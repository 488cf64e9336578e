"""Laws: neither the engine nor the way the text is cut changes what is found, and rules that are kept find the same."""

import re
import subprocess
import sys
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit.selector import Selector
from pratique.model.severity import Severity
from pratique.model.units import Patterns
from pratique.secrets import assignments, connections
from pratique.secrets.confirming import Confirmation
from pratique.secrets.interface import SecretKind
from pratique.secrets.rule import Rule
from pratique.secrets.rules import all_kinds, all_rules
from pratique.secrets.search import search_for
from pratique.secrets.windows import Window

PIECES = st.sampled_from(
    [
        "password", "DB_PASS", "api_token", "secret-key", "auth", "pwd", "token", "=", ": ", ":=", " => ", '"', "'", "\n",
        " ", "\t", "://", "user", ":", "@", "host", "curl -u ", "mysql -p", "<password>", "</", "name: ", "value: ",
        "Server=x;", "Basic ", "Authorization: ", "9f8A7c6B5d4E3a2F1b0C", "x" * 9, "${", "}", "\\n", "é", "\x00", "0x9", "key",
        "IDENTIFIED BY '", "S3cr3tV4lu3", "QmFzZTY0OnNlY3JldDEy", "export ", "ENV ", "(", ")", ",", ";", "#", "gitleaks:allow",
    ]
)  # fmt: skip


@cache
def engines(which):
    rules = (*assignments.RULES, *connections.RULES) if which == "general" else all_rules()
    return rules, search_for(rules, None, "hyperscan"), search_for(rules, None, "keywords")


def found(engine, rules, text, path="a.env"):
    confirmation = Confirmation(rules, path)
    window = Window(text, 0, len(text), 0, 1)
    regions = engine.of(path).regions(text)
    hits = confirmation.hits(window, regions) + confirmation.last()
    return [(hit.rule.kind.id, hit.start, hit.end, hit.line, hit.confidence) for hit in hits]


def looks_at(rule, path):
    globs = rule.kind.paths
    return not globs or bool(Selector([Patterns(globs=globs)]).limit(path))


def plainly(rules, text, path="a.env"):
    """Return what is found when every rule is tried everywhere."""
    confirmation = Confirmation(rules, path)
    regions = [(number, 0, len(text)) for number, rule in enumerate(rules) if looks_at(rule, path)]
    window = Window(text, 0, len(text), 0, 1)
    hits = confirmation.hits(window, regions) + confirmation.last()
    return [(hit.rule.kind.id, hit.start, hit.end, hit.line, hit.confidence) for hit in hits]


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map(lambda pieces: "".join(pieces).encode()))
def test_general_kinds_are_found_alike(text):
    rules, hyperscan, fallback = engines("general")
    expected = plainly(rules, text)
    assert found(hyperscan, rules, text) == expected
    assert found(fallback, rules, text) == expected


def test_all_samples_are_found_alike():
    rules, hyperscan, fallback = engines("all")
    for kind in all_kinds():
        for sample in (*kind.true, *kind.false):
            text = sample.make().encode()
            expected = plainly(rules, text, sample.path)
            assert found(hyperscan, rules, text, sample.path) == expected, kind.id
            assert found(fallback, rules, text, sample.path) == expected, kind.id


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_all_samples_run_together_are_found_alike(data):
    rules, hyperscan, fallback = engines("all")
    kinds = data.draw(st.lists(st.sampled_from(all_kinds()), min_size=1, max_size=6))
    joint = data.draw(st.sampled_from(["\n", "", " ", '"', ";"]))
    text = joint.join(kind.true[0].make() for kind in kinds).encode()
    assert found(hyperscan, rules, text) == found(fallback, rules, text)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(PIECES, min_size=1, max_size=25).map(lambda pieces: "".join(pieces).encode()),
    st.integers(0, 400),
)
def test_where_a_text_is_cut_does_not_matter(text, cut):
    rules, engine, _ = engines("general")
    cut = min(cut, len(text))
    parts = Confirmation(rules, "a.env")
    regions = engine.of("a.env").regions(text)
    hits = parts.hits(Window(text, 0, cut, 0, 1), regions)
    hits += parts.hits(Window(text, cut, len(text), 0, 1), regions) + parts.last()
    got = [(hit.rule.kind.id, hit.start, hit.end, hit.line, hit.confidence) for hit in hits]
    assert got == found(engine, rules, text)


def kind(id, pattern, keyword):
    return SecretKind(
        id=id,
        title=id,
        pattern=pattern,
        keywords=(keyword,),
        severity=Severity.LOW,
        placeholders_allowed=True,
        true=(),
        false=(),
    )


@pytest.mark.parametrize("engine", ["hyperscan", "keywords"])
def test_of_two_kinds_in_one_place_the_special_one_stays(engine):
    broad = Rule(kind=kind("broad", rb"key=(?P<secret>\w{4,20})", b"key"), general=True)
    special = Rule(kind=kind("special", rb"q8_\w{4,8}", b"q8_"))
    rules = (broad, special)
    assert [
        h[0] for h in found(search_for(rules, None, engine), rules, b"key=q8_Zt51 key=Zt51")
    ] == [
        "special",
        "broad",
    ]


def test_matches_that_begin_close_together_are_those_of_finditer():
    rule = Rule(kind=kind("near", rb"ab?[a-z]{2,6}\d", b"a"))
    text = b"aab1 abcabc2 aaaaaaaa3 abab44"
    expected = [m.span() for m in re.finditer(rule.expression.pattern, text)]
    for name in ("hyperscan", "keywords"):
        engine = search_for((rule,), None, name)
        assert [(h[1], h[2]) for h in found(engine, (rule,), text)] == expected


def test_regions_close_to_each_other_are_one():
    """Each byte is tried once for a rule, however many keywords stand in it."""
    _, engine, keywords = engines("general")
    text = b"password = '" * 2_000
    for search in (engine, keywords):
        regions = search.of("a.py").regions(text)
        tried = sum(high + search.rules[at].shape.width - low for at, low, high in regions)
        assert regions
        assert tried < 3 * len(search.rules) * len(text)


def test_regions_far_from_each_other_stay_apart():
    """What lies between them is not searched."""
    rules, engine, _ = engines("general")
    text = b"password = '" + b" " * 10_000 + b"password = '"
    spans = [(at, low) for at, low, _ in engine.of("a.py").regions(text)]
    assert len(spans) == 2 * len({at for at, _ in spans})
    assert rules


LOADED = """
import sys
from pathlib import Path
from pratique.secrets.scanner import SecretScanner
scanner = SecretScanner(cache=Path(sys.argv[1]))
scanner.prepare()
print(sum(name.startswith("pratique.secrets.kinds") for name in sys.modules), len(scanner.rules))
"""


def run(folder):
    done = subprocess.run(
        [sys.executable, "-c", LOADED, str(folder)], capture_output=True, text=True, check=True
    )
    return list(map(int, done.stdout.split()))


def test_a_scan_with_kept_rules_runs_no_kinds(tmp_path):
    """What a first scan kept serves the second; a cache that somebody spoilt is made anew."""
    families, rules = run(tmp_path)
    assert families > 20
    assert rules == len(all_rules())
    assert run(tmp_path) == [0, rules]
    (kept,) = tmp_path.glob("*.hsdb")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert run(tmp_path) == [families, rules]
    assert run(tmp_path) == [0, rules]


@pytest.mark.parametrize("wanted", ["", "keywords"])
def test_a_users_rules_are_searched_as_they_are(tmp_path, wanted):
    """They are in no table, whether their database is kept or not."""
    for _ in range(2):
        search = search_for(connections.RULES, tmp_path, wanted)
        assert search.rules is connections.RULES
        assert search.of("a").regions(b"redis://" + b":zwwM5hpA6eEf" + b"@cache:6379")
