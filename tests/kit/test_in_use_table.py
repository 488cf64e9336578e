"""What was seen at work stays: the same whatever the order, bounded, and by image."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pratique.kit import in_use_table
from pratique.kit.store import Store
from pratique.model.in_use import InUse


def seen(path: str, first: int, last: int, digest: str = "sha256:a") -> InUse:
    return InUse(digest=digest, package="pkg:x/y@1", path=path, first_ns=first, last_ns=last)


def test_the_times_widen_and_images_are_apart(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        assert store.in_use("sha256:a") == ()
        store.put_in_use([seen("/b", 5, 6), seen("/a", 5, 6), seen("/a", 2, 3)])
        store.put_in_use([seen("/a", 9, 9), seen("/c", 1, 1, "sha256:b")])

        assert store.in_use("sha256:a") == (seen("/a", 2, 9), seen("/b", 5, 6))
        assert len(store.in_use("sha256:b")) == 1


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.integers(10, 19))))
def test_order_and_repetition_leave_the_same(rows: list[tuple[str, int, int]]) -> None:
    import sqlite3

    found = []
    for order in (rows, [*reversed(rows), *rows]):
        database = sqlite3.connect(":memory:")
        database.executescript(in_use_table.SCHEMA)
        in_use_table.put_in_use(database, (seen("/" + name, a, b) for name, a, b in order))
        found.append(in_use_table.in_use_of(database, "sha256:a"))
        database.close()

    assert found[0] == found[1]


def test_one_image_cannot_fill_the_store(tmp_path: Path) -> None:
    most = in_use_table.MAX_FILES
    with Store(tmp_path) as store:
        store.put_in_use(seen(f"/{number:06}", 5, 6) for number in range(most + 50))
        store.put_in_use([seen("/000000", 1, 9), seen("/new", 1, 1)])
        kept = store.in_use("sha256:a")

    assert len(kept) == most
    assert kept[0] == seen("/000000", 1, 9)
