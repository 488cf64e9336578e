"""A sketch is a fair, bounded part of the hashes of a text."""

from pratique.licences._sketch import MOST, reference, runs, sketch_of

WORDS = [f"w{number}" for number in range(5000)]


def test_a_sketch_is_bounded_and_part_of_the_text() -> None:
    """Chosen by the hashes alone, so that every text makes the same choice."""
    sketch = sketch_of("X", WORDS)
    kept = set(sketch.numbers())

    assert MOST // 4 < len(kept) <= MOST
    assert kept <= set(runs(WORDS))
    assert all(one % (1 << sketch.zero_bits) == 0 for one in kept)
    assert set(sketch_of("X", ["before", *WORDS, "behind"]).numbers()) >= kept


def test_a_short_text_is_kept_whole() -> None:
    """Every run of it counts."""
    sketch = sketch_of("X", WORDS[:50])

    assert (sketch.zero_bits, sketch.length) == (0, 46)
    assert set(sketch.numbers()) == set(runs(WORDS[:50]))
    assert len(runs(WORDS[:3])) == 1
    assert runs([]) == []


def test_the_data_know_the_common_licences_and_no_text() -> None:
    """More than six hundred; each hash leads to who holds it."""
    data = reference()
    known = {sketch.expression for sketch in data.sketches}

    assert known >= {
        "MIT",
        "BSD-3-Clause",
        "Apache-2.0",
        "GPL-3.0-only",
        "AGPL-3.0-only",
        "SSPL-1.0",
    }
    assert len(known) > 600
    for index, sketch in enumerate(data.sketches):
        assert all(index in data.holders[one] for one in sketch.numbers())
