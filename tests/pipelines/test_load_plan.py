"""Law: a plan is read whole, or its file is named with what is wrong."""

from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.pipelines.load_plan import load_plan


def test_a_plan_is_read(tmp_path: Path) -> None:
    """As it stands."""
    place = tmp_path / "plan.yaml"
    place.write_text('pratique-responses: "1"\nresponses: []\n')

    assert load_plan(place).responses == ()


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Absent, or wrong."""
    (tmp_path / "wrong.yaml").write_text("responses: 5\n")
    with pytest.raises(UsageError, match="absent"):
        load_plan(tmp_path / "absent.yaml")
    with pytest.raises(UsageError, match=r"wrong\.yaml"):
        load_plan(tmp_path / "wrong.yaml")
