"""Samples of rules are run: our own all hold, and a sample that lies is found out."""

import pytest

from pratique.detections.rules.loading import load, load_default
from pratique.detections.rules.rule import RuleFile
from pratique.detections.rules.trying import Tried, try_samples

RULE = """
- rule: Shell on a port
  desc: d
  condition: evt.type=listen and proc.name in (sh, bash) and fd.sip != 127.0.0.1
  output: o
  priority: notice
  fires:
    - {FIRES}
  silent:
    - {SILENT}
"""
FIRES = "{evt.type: listen, proc.name: sh, fd.sip: 10.0.0.1}"
SILENT = "{evt.type: listen, proc.name: nginx, fd.sip: 10.0.0.1}"


def tried(fires: str = FIRES, silent: str = SILENT) -> list[Tried]:
    """Return what became of one sample of each kind."""
    text = RULE.replace("{FIRES}", fires).replace("{SILENT}", silent)
    return list(try_samples(load([RuleFile("r.yaml", text.encode())])))


def test_samples_of_our_own_rules_hold() -> None:
    """Every rule that travels with the package does what its samples say, and has both kinds."""
    rules = load_default()
    found = list(try_samples(rules))

    assert [one for one in found if one.problem] == []
    for rule in rules.rules:
        assert rule.fires, rule.name
        assert rule.silent, rule.name


def test_good_samples_have_no_problem() -> None:
    """One that fires and one that stays silent are told with their lines."""
    assert [(one.should_fire, one.line, one.problem) for one in tried()] == [
        (True, 8, ""),
        (False, 10, ""),
    ]


def test_a_missing_field_keeps_a_comparison_false() -> None:
    """What a sample does not name is missing, and no comparison with it holds, != neither."""
    (first, _) = tried(fires="{evt.type: listen, proc.name: sh}")

    assert first.problem == "did not fire"


def test_a_sample_that_fires_is_not_silent() -> None:
    """A silent sample on which the rule fires is told."""
    assert tried(silent=FIRES)[1].problem == "fired"


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        ("{proc.nam: sh}", "unknown field 'proc.nam'"),
        ("{fd.num: many}", "no whole number"),
        ("{tolower(proc.name): sh}", "is no field"),
        ("{proc.name sh: x}", "expected a field"),
        ("{fd.net: nowhere}", "is no address"),
    ],
)
def test_a_sample_that_is_not_well_formed_is_wrong(sample: str, words: str) -> None:
    """A slip of the pen is told, not taken for a silent sample."""
    assert words in tried(silent=sample)[1].problem


def test_an_argument_is_written_as_in_a_rule() -> None:
    """``proc.aname[2]`` and ``evt.arg.flags`` are answered under those names; a list by each value."""
    text = b"""
- rule: R
  desc: d
  condition: evt.type=open and proc.aname[2]=sshd and evt.arg.flags contains O_CREAT
    and proc.aname=cron
  output: o
  priority: notice
  fires:
    - {evt.type: open, "proc.aname[2]": sshd, evt.arg.flags: O_RDWR|O_CREAT, proc.aname: [sh, cron]}
  silent:
    - {evt.type: open, "proc.aname[1]": sshd, evt.arg.flags: O_RDWR|O_CREAT, proc.aname: [sh, cron]}
"""

    assert [one.problem for one in try_samples(load([RuleFile("r.yaml", text)]))] == ["", ""]
