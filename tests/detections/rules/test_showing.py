"""A rule is told in plain words, its names in place only when asked."""

from random import Random

from hypothesis import given

from pratique.detections.rules.loading import load
from pratique.detections.rules.rule import RuleFile
from pratique.detections.rules.showing import asked, described
from pratique.formats.falco.parsing import parse_condition
from tests.makers import judging

RULES = b"""
- list: shells
  items: [sh, bash]
- macro: quiet
  condition: (user.name=root or evt.is_syslog = true)
- rule: A shell
  desc: >
    One sentence.
  condition: evt.type=execve and proc.name in (shells) and not quiet
  output: "shell %proc.cmdline of %user.uid"
  priority: ERROR
  tags: [T1059]
  exceptions:
    - name: known
      fields: [proc.pname]
      values: [[cron]]
"""


def told(*, expanded: bool = False) -> str:
    """Return the whole text of the rule above."""
    rules = load([RuleFile("mine.yaml", RULES)])
    return "\n".join(described(rules.rules[0], rules, expanded=expanded))


def test_a_rule_is_told_as_written() -> None:
    """Lists and macros stand by name, exceptions are told, fields say what they hold."""
    text = told()

    assert text.startswith("A shell  (Error)\n  mine.yaml:6\n  One sentence.\n  tags: T1059\n")
    assert "  events: execve\n" in text
    assert "    proc.name is one of shells\n    not quiet\n    not proc.pname is cron\n" in text
    assert "    user.uid: the user's number\n" in text
    assert text.endswith(
        "  says: shell %proc.cmdline of %user.uid\n"
        "  never answered here: evt.is_syslog (reads and writes are not observed)"
    )


def test_names_are_put_in_place_when_asked() -> None:
    """The whole condition without looking anything up."""
    text = told(expanded=True)

    assert "    proc.name is one of sh, bash\n" in text
    assert "    not:\n      one of these:\n        - user.name is root\n" in text


def test_a_long_list_is_cut() -> None:
    """A hundred names are counted, not printed."""
    names = ", ".join(f"n{number}" for number in range(100))
    (line,) = asked(parse_condition(f"proc.name in ({names})"), 0)

    assert line.endswith("n11 and 88 more")


@given(judging.seeds)
def test_every_condition_has_words(random: Random) -> None:
    """Any condition is told, in lines that are not empty."""
    lines = list(asked(judging.condition(random), 0))

    assert lines
    assert all(line.strip() for line in lines)
