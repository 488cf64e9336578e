"""What took the place of a removed API is itself not removed."""

from pratique.checks.kubernetes._removed import REMOVED, SAME_FIELDS


def test_nothing_leads_to_what_is_gone() -> None:
    """And only listed versions may be rewritten."""
    assert not {(new, kind) for (_, kind), (_, new) in REMOVED.items()} & REMOVED.keys()
    assert REMOVED.keys() >= SAME_FIELDS
    assert all(new.rpartition("/")[0] for _, new in map(REMOVED.get, SAME_FIELDS))  # type: ignore[misc]
