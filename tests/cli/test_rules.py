"""`pratique rules` checks, tries, shows and lists rules."""

import json
from pathlib import Path

import pytest

from tests.cli.scanning import Run
from tests.detections.correlation.test_samples import TWO

GOOD = """\
- macro: shell
  condition: (proc.name in (sh, bash))
- rule: A shell listens
  desc: Nobody does that.
  condition: evt.type=listen and shell and not user.homedir=admin
  output: "%proc.name listens"
  priority: WARNING
  tags: [T1059]
  fires: [{evt.type: listen, proc.name: sh}]
  silent: [{evt.type: listen, proc.name: nginx}]
"""


@pytest.fixture
def good(tmp_path: Path) -> str:
    """Return a file whose rule has samples."""
    file = tmp_path / "good.yaml"
    file.write_text(GOOD)
    return str(file)


def test_check_names_what_no_event_answers(pratique: Run, good: str) -> None:
    code, out, _ = pratique("rules", "check", good)

    assert code == 0
    assert "A shell listens: no event answers user.homedir: " in out
    assert out.splitlines()[-1] == "1 rules, 1 enabled, 1 remarks"


def test_check_as_json(pratique: Run, good: str) -> None:
    _, out, _ = pratique("rules", "check", good, "-o", "json")

    assert json.loads(out)["unavailable"][0]["field"] == "user.homedir"


def test_an_error_is_one_line_with_its_place(pratique: Run, tmp_path: Path) -> None:
    """The file and line of the mistake, a hint, exit code 2."""
    file = tmp_path / "bad.yaml"
    file.write_text(GOOD.replace("and shell", "and shel"))
    code, out, err = pratique("rules", "check", str(file))

    assert (code, out) == (2, "")
    assert f"{file}:5: rule 'A shell listens': unknown macro 'shel'" in err
    assert "hint:" in err


def test_samples_that_hold_are_zero(pratique: Run, good: str) -> None:
    code, out, _ = pratique("rules", "test", good)

    assert (code, out) == (0, "1 rules, 2 samples, 0 failed\n")


def test_a_sample_that_fails_is_one_and_has_its_line(pratique: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(GOOD.replace("proc.name: nginx", "proc.name: bash"))
    code, out, _ = pratique("rules", "test", str(file))

    assert code == 1
    assert out.startswith(f"{file}:10: A shell listens: sample of silent: fired\n")
    code, out, _ = pratique("rules", "test", str(file), "-o", "json")
    assert (code, json.loads(out)["failed"]) == (1, 1)


def test_sequences_are_checked_and_tried_beside_rules(
    pratique: Run, good: str, tmp_path: Path
) -> None:
    """In files or folders of both; a wrong sample of either counts."""
    (tmp_path / "two.yaml").write_bytes(TWO)
    code, out, _ = pratique("rules", "test", str(tmp_path))

    assert code == 1
    assert out.splitlines()[-1] == "1 rules, 1 sequences, 4 samples, 2 failed"
    assert "two.yaml: two-steps: sample y: fires" in out
    assert pratique("rules", "check", str(tmp_path))[0] == 0
    (tmp_path / "two.yaml").write_bytes(TWO.replace(b"steps", b"stops"))
    code, _, err = pratique("rules", "check", str(tmp_path))
    assert code == 2
    assert "two.yaml:7:1: " in err


def test_our_own_rules_are_meant_without_a_file(pratique: Run) -> None:
    code, out, _ = pratique("rules", "test")

    assert code == 0
    assert out.endswith(" 0 failed\n")


def test_a_rule_is_shown_in_words(pratique: Run, good: str) -> None:
    code, out, _ = pratique("rules", "show", "a shell listens", good)

    assert code == 0
    assert "\n    shell\n" in out
    _, out, _ = pratique("rules", "show", "a shell listens", good, "--expanded")
    assert "\n    proc.name is one of sh, bash\n" in out


def test_an_unknown_rule_names_near_ones(pratique: Run, good: str) -> None:
    code, _, err = pratique("rules", "show", "listens", good)

    assert code == 2
    assert "did you mean: A shell listens" in err


def test_rules_are_listed(pratique: Run, good: str) -> None:
    _, out, _ = pratique("rules", "list", good)

    assert out == "Warning        A shell listens  T1059\n"
    _, out, _ = pratique("rules", "list", good, "-o", "json")
    assert json.loads(out)["rules"][0]["line"] == 3


def test_fields_are_listed_by_a_word(pratique: Run) -> None:
    _, out, _ = pratique("rules", "fields", "proc.aname")

    assert out.startswith("proc.aname ")
    assert len(out.splitlines()) == 1
