"""An allowance has a reason, and allows no more than it says."""

import pytest

from pratique.detections.drift.allowing import Allowance, read_allowances
from pratique.model.errors import UsageError
from tests.makers.happenings import WEB

FILE = b"""
pratique-drift: 1
allow:
  - images: ["registry.example/ci/*"]
    reason: jobs install what they need
"""


def test_a_file_is_read() -> None:
    (one,) = read_allowances(FILE, "drift.yaml")
    assert one.images == ("registry.example/ci/*",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("pratique-drift: 2", "must be 1"),
        ("pratique-drift: 1\nallow:\n- paths: [a]", r":3:3: .*reason"),
        ("pratique-drift: 1\nallow:\n- {paths: [a], reason: ' '}", "has no reason"),
        ("pratique-drift: 1\nallow:\n- reason: because", "everything"),
        ("pratique-drift: 1\nallow:\n- {path: a, reason: x}", ":3:4: .*`path`"),
    ],
)
def test_a_mistake_refuses_the_file(content: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_allowances(content.encode(), "drift.yaml")


@pytest.mark.parametrize(
    ("allowance", "fits"),
    [
        (Allowance(reason="x", paths=("/opt/*",)), True),
        (Allowance(reason="x", paths=("/srv/*",)), False),
        (Allowance(reason="x", paths=("/opt/*",), images=("*/web:*",)), True),
        (Allowance(reason="x", paths=("/opt/*",), images=("*/api:*",)), False),
        (Allowance(reason="x", workloads=("w?b",)), True),
        (Allowance(reason="x", workloads=("api",)), False),
        (Allowance(reason="x", kinds=("drifted-library",)), False),
    ],
)
def test_all_that_is_named_must_fit(allowance: Allowance, fits: bool) -> None:
    assert allowance.fits("drifted-executable", "/opt/x", WEB) is fits


def test_what_names_workloads_never_fits_the_node() -> None:
    one = Allowance(reason="x", workloads=("*",))
    assert not one.fits("fileless-execution", "memfd:x", None)


def test_a_hostile_path_costs_no_time() -> None:
    one = Allowance(reason="x", paths=("/" + "*a" * 30 + "b",))
    assert not one.fits("drifted-executable", "/" + "a" * 4000, WEB)
