"""Law: rules come from the files that are named, in order, or are our own."""

from pathlib import Path

import pytest

from pratique.model.errors import FormatError, UsageError
from pratique.pipelines.load_rules import load_allowances, load_rules, load_sequences, rule_files
from tests.makers.watched import RULE


def test_files_of_a_folder_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    """Only those that hold rules."""
    for name in ("b.yaml", "a.yml", "notes.txt"):
        (tmp_path / name).write_bytes(RULE)

    assert [Path(one.path).name for one in rule_files([tmp_path])] == ["a.yml", "b.yaml"]


def test_no_file_means_our_own_rules() -> None:
    """They are there, and many."""
    assert len(load_rules(()).enabled) >= 40


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """An absent file, and a folder without rules."""
    with pytest.raises(UsageError, match="cannot read"):
        rule_files([tmp_path / "absent.yaml"])
    with pytest.raises(UsageError, match="no rules"):
        rule_files([tmp_path])


def test_sequences_are_read_and_checked(tmp_path: Path) -> None:
    """A file that holds none is an error with its name."""
    (tmp_path / "s.yaml").write_bytes(b"- 1\n")
    with pytest.raises((FormatError, UsageError), match=r"s\.yaml"):
        load_sequences([tmp_path / "s.yaml"])


def test_allowances_are_read_and_checked(tmp_path: Path) -> None:
    """Without a file there are none; one without a reason is an error with its place."""
    place = tmp_path / "allowed.yaml"
    place.write_text("pratique-drift: 1\nallow:\n  - {paths: [/opt/*], reason: plugins}\n")

    assert load_allowances(None) == ()
    assert [one.reason for one in load_allowances(place)] == ["plugins"]
    place.write_text("pratique-drift: 1\nallow:\n  - {paths: [/opt/*]}\n")
    with pytest.raises(UsageError, match=r"allowed\.yaml"):
        load_allowances(place)
