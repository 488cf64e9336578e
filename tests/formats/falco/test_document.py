"""A file of rules becomes items with their lines; what is misshapen is an error with its line."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.falco.document import (
    EngineEntry,
    ListEntry,
    MacroEntry,
    MisplacedRule,
    PluginsEntry,
    RuleEntry,
    Sample,
    Worded,
    parse_rules,
)
from pratique.model.errors import FormatError

RULE = b"""\
- required_engine_version: 0.31.0
- required_plugin_versions:
  - name: k8saudit
    version: 0.7.0
- list: shells
  items: [sh, "two words"]
- macro: started
  condition: >
    evt.type = execve
    and not failed
- rule: A shell
  desc: somebody ran a shell
  condition: started and proc.name in (shells)
  output: shell %proc.name
  priority: notice
  tags: [container, T1059]
  enabled: false
  exceptions:
    - {name: one, fields: proc.name, values: [a, b]}
    - name: two
      fields: [proc.name, fd.name]
      comps: [=, startswith]
      values:
        - [cat, /etc]
        - [dog, [x, y]]
  fires:
    - {evt.type: execve, proc.name: sh, proc.aname: [a, b]}
  colour: red
"""


def test_every_kind_of_item_is_read() -> None:
    """Names, lines and texts are those of the file."""
    engine, plugins, shells, started, rule = parse_rules(RULE)

    assert engine == EngineEntry((0, 31, 0), 1)
    assert plugins == PluginsEntry(("k8saudit",), 2)
    assert shells == ListEntry(name="shells", line=5, items=("sh", "two words"))
    assert isinstance(started, MacroEntry)
    assert started.condition.text.split() == ["evt.type", "=", "execve", "and", "not", "failed"]
    assert started.condition.line == 9
    assert isinstance(rule, RuleEntry)
    assert (rule.name, rule.line, rule.enabled) == ("A shell", 11, False)
    assert rule.tags == ("container", "T1059")


def test_exceptions_keep_whether_a_field_stood_alone() -> None:
    """The shape of ``fields`` decides what ``values`` means."""
    rule = parse_rules(RULE)[-1]

    assert isinstance(rule, RuleEntry)
    one, two = rule.exceptions or ()
    assert (one.single, one.fields, one.comps, one.values) == (
        True,
        ("proc.name",),
        None,
        ("a", "b"),
    )
    assert (two.single, two.comps) == (False, ("=", "startswith"))
    assert two.values == (("cat", "/etc"), ("dog", ("x", "y")))


def test_samples_and_unknown_keys_are_kept() -> None:
    """Our own keys and those of others do not disturb."""
    rule = parse_rules(RULE)[-1]

    assert isinstance(rule, RuleEntry)
    fields = (("evt.type", "execve"), ("proc.name", "sh"), ("proc.aname", ("a", "b")))
    assert rule.fires == (Sample(fields, 27),)
    assert rule.others == (Worded("colour", 28),)


def test_an_empty_file_has_no_items() -> None:
    """Comments alone are no error."""
    assert parse_rules(b"") == parse_rules(b"# nothing\n") == ()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- list: a", 1, "no items"),
        ("- macro: a\n  desc: b", 1, "no condition"),
        ("a: b", 1, "list of items"),
        ("- text", 1, "begins with rule"),
        ("- list: a\n  items: b", 2, "list of texts"),
        ("- rule: a\n  enabled: perhaps", 2, "true or false"),
        ("- rule: a\n  condition: [b]", 2, "is a text"),
        ("- rule: a\n  desc: b\n  append: true\n  override: {desc: append}", 1, "both append"),
        ("- rule: a\n  override: {condition: append}", 2, "not given here"),
        ("- rule: a\n  condition: b\n  override: {condition: add}", 3, "append or replace"),
        ("- rule: a\n  exceptions: 5", 2, "are a list"),
        ("- rule: a\n  exceptions: [{fields: x}]", 2, "no name"),
        ("- rule: a\n  fires: [x]", 2, "map from a field"),
        ("- rule: a\n  capture_duration: soon", 2, "milliseconds"),
        ("- required_engine_version: x.y", 1, "number or three"),
        ("- required_plugin_versions: [{version: 1.0.0}]", 1, "no name"),
        ("- rule: ''\n", 1, "not empty"),
    ],
)
def test_what_is_misshapen_is_named_with_its_line(text: str, line: int, words: str) -> None:
    """One line, and what is wrong on it."""
    with pytest.raises(MisplacedRule, match=words) as caught:
        parse_rules(text.encode())

    assert caught.value.line == line


def test_all_maintained_files_are_read(shared: Path) -> None:
    """Falco's own files, unchanged: 93 rules, 352 macros, 163 lists."""
    entries = [
        entry
        for path in sorted((shared / "fixtures/falco-rules").glob("*_rules.yaml"))
        for entry in parse_rules(path.read_bytes())
    ]
    counts = [
        sum(isinstance(one, kind) for one in entries) for kind in (RuleEntry, MacroEntry, ListEntry)
    ]

    assert counts == [93, 352, 163]


@given(
    st.one_of(
        st.binary(max_size=80), st.text("-: \n[]{}#'ruleacondit", max_size=80).map(str.encode)
    )
)
def test_any_bytes_are_read_or_are_an_error(content: bytes) -> None:
    """A damaged file never fails in another way."""
    with contextlib.suppress(FormatError):
        parse_rules(content)
