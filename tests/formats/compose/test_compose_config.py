"""Our model of a project is what Compose itself makes of it, as kept in expected.json."""

import json
from pathlib import Path

import pytest

from bench.compose_config import canonical, differing, project_of
from tests.formats.compose.cases import CASES

EXPECTED = json.loads(Path(__file__).with_name("expected.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_what_compose_makes_of_it(case, tmp_path: Path):
    """Service by service, field by field: extended, included, laid over, variables put in."""
    case.lay(tmp_path)
    ours = json.loads(json.dumps(canonical(project_of(tmp_path / "compose.yaml"))))

    assert EXPECTED[case.name]
    assert differing(ours, EXPECTED[case.name]) == []


def test_every_case_has_its_answer():
    """None is left from before, none is missing."""
    assert EXPECTED.keys() == {case.name for case in CASES}
