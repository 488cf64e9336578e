"""A sequence's own samples are run, and a wrong one is named."""

from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.pipelines import try_sequences
from pratique.pipelines.try_sequences import is_sequence, told_apart, try_sequence
from tests.detections.correlation.test_samples import TWO


def test_wrong_samples_are_named(tmp_path: Path) -> None:
    file = tmp_path / "two.yaml"
    file.write_bytes(TWO)
    tried = try_sequence(file)
    assert is_sequence(TWO)
    assert (tried.name, tried.samples) == ("two-steps", 2)
    assert tried.wrong == ("x: is silent", "y: fires")


def test_mistakes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        try_sequence(tmp_path / "nothing")
    file = tmp_path / "x.yaml"
    file.write_bytes(TWO.replace(b"steps", b"stops"))
    with pytest.raises(UsageError, match=r"x\.yaml:7:1: "):
        try_sequence(file)
    monkeypatch.setattr(try_sequences, "MAX_BYTES", 10)
    with pytest.raises(UsageError, match="larger than"):
        try_sequence(file)


def test_files_of_both_kinds_are_told_apart(tmp_path: Path) -> None:
    """By what they say of themselves, whatever their names."""
    (tmp_path / "a.yaml").write_bytes(TWO)
    (tmp_path / "b.yaml").write_bytes(b"- rule: x\n")

    assert told_apart([tmp_path]) == ((tmp_path / "b.yaml",), (tmp_path / "a.yaml",))
    assert told_apart([]) == ((), ())
