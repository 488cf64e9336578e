"""A table stays within its bound, and counts what had to go."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.detections.bounded import Bounded


@given(st.lists(st.integers(0, 20)), st.integers(1, 5))
def test_the_newest_stay_and_the_others_are_counted(keys: list[int], most: int) -> None:
    table: Bounded[int, int] = Bounded(most)
    for key in keys:
        table.put(key, key)
    last = list(dict.fromkeys(reversed(keys)))[:most]

    assert sorted(last) == sorted(key for key, _ in table.items())
    assert len(table) <= most
    assert (table.evicted > 0) == (len(set(keys)) > most)


def test_what_is_used_stays() -> None:
    table: Bounded[str, int] = Bounded(2)
    table.put("a", 1)
    table.put("b", 2)
    assert table.get("a") == 1
    assert table.put("c", 3) == 2
    assert table.pop("a") == 1
    assert table.values() == [3]
