"""Files of rules load as Falco loads them: Falco's own cases, its maintained rules, and ours."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.detections.rules.loading import MAX_FILES, load, load_default
from pratique.detections.rules.rule import Remark, Rule, RuleError, RuleFile, RuleSet
from pratique.formats.falco.printing import printed
from pratique.model.alert import Priority

REMARKS = {
    "warning:WARNING_APPEND": Remark.OLD_APPEND,
    "warning:WARNING_ENABLED": Remark.OLD_ENABLED,
    "warning:WARNING_NO_EVTTYPE": Remark.EVERY_TYPE,
}
ERRORS = {
    "error:ERROR_NO_PREVIOUS_MACRO": "no macro 'open_simple' before this",
    "error:ERROR_NO_PREVIOUS_LIST": "no list 'dev_creation_binaries' before this",
    "error:ERROR_NO_PREVIOUS_RULE_APPEND": "no rule 'test_rule' before this",
}
MAINTAINED = ("falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml")
RULE = """
- rule: R
  desc: about opens
  condition: evt.type=open
  output: opened %fd.name
  priority: INFO
"""


def loaded(*texts: str) -> RuleSet:
    """Return the rules of some files."""
    return load([RuleFile(f"{at}.yaml", text.encode()) for at, text in enumerate(texts)])


def rule(*texts: str) -> Rule:
    """Return the one rule of some files."""
    (found,) = loaded(*texts).rules
    return found


def test_cases_of_falcos_loader(shared: Path) -> None:
    """What Falco loads loads, what it refuses is refused, and it remarks on the same."""
    folder = shared / "fixtures/falco-rules"
    for line in (folder / "rule-loader.jsonl").read_text().splitlines():
        case = json.loads(line)
        remarks, error = _outcome(case["rules"])
        assert (not error) == case["loads"], (case["case"], error)
        for expected in case["has"]:
            if expected in ERRORS:
                assert ERRORS[expected] in error, case["case"]
            else:
                assert REMARKS[expected] in remarks, case["case"]
        for unexpected in case["has_not"]:
            assert REMARKS[unexpected] not in remarks, case["case"]


def _outcome(text: str) -> tuple[set[Remark], str]:
    try:
        return {notice.remark for notice in loaded(text).notices}, ""
    except RuleError as error:
        return set(), str(error)


def test_maintained_rules_load_unchanged(shared: Path) -> None:
    """All 93, together and file by file; they ask for nothing in vain."""
    folder = shared / "fixtures/falco-rules"
    files = [RuleFile(name, (folder / name).read_bytes()) for name in MAINTAINED]
    rules = load(files)

    assert [len(load([file]).rules) for file in files] == [25, 31, 37]
    assert len(rules.rules) == 93
    assert rules.unavailable == ()


def test_our_own_rules_load_without_a_remark() -> None:
    """Every condition says which events it is about, and can fire."""
    rules = load_default()

    assert len(rules.rules) >= 40
    assert rules.notices == ()
    assert rules.unavailable == ()


def test_a_rule_is_whole() -> None:
    """Names are in place, the priority is one of eight, the tags are kept."""
    found = rule(
        "- list: names\n  items: [sh, 'b c', '\"q\"']\n- macro: opens\n  condition: (evt.type=open)\n"
        "- rule: R\n  desc: d\n  condition: opens and proc.name in (names)\n  output: o\n"
        "  priority: informational\n  tags: [a, b]\n"
    )

    assert printed(found.condition) == 'evt.type = open and proc.name in ("sh", "b c", "q")'
    assert found.priority is Priority.INFORMATIONAL
    assert (found.tags, found.enabled, found.line) == (("a", "b"), True, 5)


def test_names_hold_over_all_files_in_any_order() -> None:
    """A macro may stand behind its use, and the last definition counts."""
    found = rule(
        "- rule: R\n  desc: d\n  condition: opens\n  output: o\n  priority: info\n",
        "- macro: opens\n  condition: evt.type=open\n",
        "- macro: opens\n  condition: evt.type=creat\n",
    )

    assert printed(found.condition) == "evt.type = creat"


def test_overrides_replace_and_append() -> None:
    """Each key by its own word; what is not named stays."""
    found = rule(
        RULE + "  tags: [a]\n",
        "- rule: R\n  condition: and fd.num=1\n  output: by %proc.name\n  tags: [b]\n"
        "  priority: error\n  enabled: false\n"
        "  override: {condition: append, output: replace, tags: append, priority: replace,"
        " enabled: replace}\n",
    )

    assert printed(found.condition) == "evt.type = open and fd.num = 1"
    assert found.output_text == "by %proc.name"
    assert (found.tags, found.priority, found.enabled) == (("a", "b"), Priority.ERROR, False)
    assert found.desc == "about opens"


def test_exceptions_are_left_out() -> None:
    """Tuples, single fields, comps, and values that a later file adds by name."""
    found = rule(
        RULE
        + "  exceptions:\n"
        + "    - {name: one, fields: proc.name, values: [a, b]}\n"
        + "    - {name: two, fields: [proc.name, fd.name], comps: [=, startswith],"
        + " values: [[c, /x]]}\n"
        + "    - {name: none, fields: [proc.name]}\n",
        "- rule: R\n  exceptions: [{name: two, values: [[d, /y]]}]\n"
        "  override: {exceptions: append}\n",
    )

    assert printed(found.condition) == (
        'evt.type = open and not (proc.name in ("a", "b") or '
        'proc.name = "c" and fd.name startswith "/x" or '
        'proc.name = "d" and fd.name startswith "/y")'
    )


def test_rules_of_other_sources_are_skipped_and_said_so() -> None:
    """Changes of such a rule are skipped with it."""
    rules = loaded(
        "- rule: K\n  desc: d\n  condition: ka.verb=get\n  output: o\n  priority: info\n"
        "  source: k8s_audit\n- rule: K\n  condition: and x\n  append: true\n"
    )

    assert rules.rules == ()
    assert [notice.remark for notice in rules.notices] == [Remark.SKIPPED]


def test_an_unknown_field_may_be_skipped() -> None:
    """With ``skip-if-unknown-filter`` the rule goes and the others stay."""
    other = RULE.replace("R\n", "Other\n", 1).replace("evt.type=open", "evt.nothing=1")

    assert [one.name for one in loaded(RULE, other + "  skip-if-unknown-filter: true\n").rules] == [
        "R"
    ]
    with pytest.raises(RuleError, match="unknown field"):
        loaded(RULE, other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- rule: R\n  desc: d\n", "0.yaml:1: rule 'R' has no condition, output, priority"),
        (RULE.replace("INFO", "LOUD"), "0.yaml:6: unknown priority 'LOUD'"),
        (RULE.replace("%fd.name", "%fd.nme"), "0.yaml:5: output of 'R': unknown field 'fd.nme'"),
        (RULE.replace("open\n  output", "open and\n  output"), "0.yaml:4: rule 'R': expected"),
        ("- macro: a\n  condition: b\n- macro: b\n  condition: a\n", "leads to itself: b → a → b"),
        ("- list: a\n  items: [b]\n- list: b\n  items: [a]\n" + RULE.replace("=open", " in (a)"),
         "leads to itself"),
        ("{a: b}", "0.yaml:1: rules are a list of items"),
        ("- rule: [", "0.yaml:"),
        (RULE + "  enabled: perhaps\n", "enabled is true or false"),
        (RULE + "- rule: R\n  priority: info\n  override: {priority: append}\n", "replaced"),
        (RULE + "- rule: R\n  override: {condition: append}\n", "not given here"),
        (RULE + "- rule: R\n  append: true\n  condition: and x\n  override: {condition: append}\n",
         "both append and override"),
        (RULE + "  exceptions: [{name: e, fields: [a.b, c.d], comps: [=]}]\n", "more or fewer"),
        (RULE + "  exceptions: [{name: e, fields: [fd.name], values: [[a, b]]}]\n", "has not 1"),
    ],
)  # fmt: skip
def test_an_error_is_one_line_with_its_place(text: str, words: str) -> None:
    """And a hint; nothing is loaded."""
    with pytest.raises(RuleError) as caught:
        loaded(text)

    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.hint()


def test_rules_that_can_never_fire_are_remarked_on() -> None:
    """An empty list, or a field that such events never have."""
    text = RULE.replace("evt.type=open", "evt.type=open and fd.sip in (nobody)")
    remarks = [one.remark for one in loaded("- list: nobody\n  items: []\n" + text).notices]

    assert remarks == [Remark.NEVER]


def test_likely_mistakes_are_remarked_on() -> None:
    """A constant that is a field, a type that no sensor tells, a key that nobody knows."""
    text = RULE.replace("evt.type=open", "evt.type=oppen and proc.name=proc.pname") + "  note: x\n"
    remarks = {one.remark for one in loaded(text).notices}

    assert remarks == {Remark.LIKELY_MISTAKE, Remark.UNKNOWN_TYPE, Remark.UNKNOWN_KEY}


def test_macros_that_double_are_bounded() -> None:
    """Thirty macros, each twice the last: a thousand million comparisons are refused at once."""
    macros = "- macro: m0\n  condition: fd.num=1\n" + "".join(
        f"- macro: m{at}\n  condition: m{at - 1} or m{at - 1}\n" for at in range(1, 31)
    )
    with pytest.raises(RuleError, match="comparisons"):
        loaded(macros)


def test_too_many_files_are_refused() -> None:
    with pytest.raises(RuleError):
        load([RuleFile("r.yaml", b"")] * (MAX_FILES + 1))


@given(st.binary(max_size=200))
def test_any_bytes_load_or_are_refused(content: bytes) -> None:
    """Nothing but a ``RuleError`` comes out of damaged files."""
    try:
        load([RuleFile("r.yaml", content)])
    except RuleError:
        return


@given(st.text("abr:-[]{} \n,=()'\"orndtl.yp%", max_size=60))
def test_any_condition_loads_or_is_refused(condition: str) -> None:
    """Nor of any text in the place of a condition."""
    text = RULE.replace("evt.type=open", json.dumps(condition))
    try:
        loaded(text)
    except RuleError:
        return
