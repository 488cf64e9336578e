"""Every harness takes its seeds, short and broken ones too, and all that once broke a parser."""

import pytest

from fuzz.harness import harnesses, one_input
from tests.house.tree import ROOT

HARNESSES = harnesses()
FOUND = sorted((ROOT / "fuzz/found").glob("*/*"))


@pytest.mark.parametrize("name", HARNESSES)
def test_seeds_and_their_halves_are_taken(name: str) -> None:
    """Nothing but a FormatError comes out of sound, cut and empty input."""
    harness = HARNESSES[name]
    seeds = list(harness.seeds())

    assert seeds
    for seed in seeds:
        for content in (seed, seed[: len(seed) // 2], seed[:-1], b""):
            one_input(harness, content)


@pytest.mark.parametrize("file", FOUND, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_what_was_found_stays_mended(file) -> None:
    """An input that once broke the law is read or refused."""
    one_input(HARNESSES[file.parent.name], file.read_bytes())


def test_every_found_input_has_its_harness() -> None:
    """A folder of found inputs is named like a harness."""
    assert {file.parent.name for file in FOUND} <= set(HARNESSES)


def test_all_that_an_image_is_made_of_is_fuzzed() -> None:
    """The binary parsers by name; layer units come by family."""
    binary = {"tar", "compression", "zip", "oci", "yaml", "overlay"}
    rpm = {"rpm-berkeley", "rpm-ndb", "rpm-sqlite", "rpm-header"}

    assert binary | rpm <= set(HARNESSES)
    assert any(name.startswith("units-") for name in HARNESSES)
