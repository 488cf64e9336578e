"""An error in a condition names the line of the file that it is about."""

import pytest

from pratique.detections.rules.loading import load
from pratique.detections.rules.rule import RuleError, RuleFile

FILE = """\
- rule: First
  desc: d
  condition: >
    evt.type=open and
    {FIRST} and
    proc.name=sh
  output: o
  priority: info
- rule: Second
  desc: d
  condition: evt.type=open and {SECOND}
  output: o
  priority: info
"""


@pytest.mark.parametrize(
    ("first", "second", "line", "words"),
    [
        ("nosuch", "fd.num=1", 5, "rule 'First': unknown macro 'nosuch'"),
        ("proc.nam=x", "fd.num=1", 5, "rule 'First': unknown field 'proc.nam'"),
        ("fd.num nearly 3", "fd.num=1", 5, "expected an operator"),
        ("fd.num=1", "nosuch", 11, "rule 'Second': unknown macro 'nosuch'"),
        ("fd.num=1", "fd.num=one", 11, "'one' is no whole number"),
    ],
)
def test_the_line_of_the_word_is_named(first: str, second: str, line: int, words: str) -> None:
    """Also where YAML folds several lines into one."""
    text = FILE.replace("{FIRST}", first).replace("{SECOND}", second)
    with pytest.raises(RuleError) as caught:
        load([RuleFile("a.yaml", text.encode())])

    assert str(caught.value).startswith(f"a.yaml:{line}: ")
    assert words in str(caught.value)
    assert caught.value.hint()
