from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.os._layers import PackageId, State, credit, history
from pratique.model.errors import FormatError
from pratique.model.package import LayerRef
from tests.makers.tree import MemoryTree, layer_ref


def parse(content: bytes) -> list[PackageId]:
    if content == b"broken":
        raise FormatError("broken")
    return [(name, "x", "1") for name in content.decode().split()]


def states(*contents: bytes) -> list[State]:
    return [(layer_ref(index), (content,)) for index, content in enumerate(contents)]


def credited(*contents: bytes) -> dict[str, int]:
    """Return the layer of each package of the last of ``contents``."""
    found = credit(states(*contents), parse(contents[-1]), parse)
    return {name: layer.index for (name, _, _), layer in found.items() if layer}


def test_each_package_belongs_to_the_layer_that_added_it() -> None:
    """The lowest layer of the unbroken run."""
    assert credited(b"a", b"a b", b"a b c") == {"a": 0, "b": 1, "c": 2}


def test_removed_and_reinstalled_belongs_to_the_later_layer() -> None:
    """A gap ends the run."""
    assert credited(b"a b", b"b", b"a b") == {"a": 2, "b": 0}


def test_an_older_state_that_cannot_be_read_ends_every_run() -> None:
    """What is below it is not known."""
    assert credited(b"a", b"broken", b"a b") == {"a": 2, "b": 2}


def test_without_layers_nothing_is_credited() -> None:
    """A directory has none."""
    assert credit([], parse(b"a"), parse) == {("a", "x", "1"): None}


@given(st.lists(st.sets(st.sampled_from("abcd")), min_size=1, max_size=6))
def test_the_credit_equals_the_definition(sets: list[set[str]]) -> None:
    """Against the law, spelt out."""
    found = credited(*[" ".join(sorted(names)).encode() for names in sets])

    for name in sets[-1]:
        run = len(sets) - 1
        while run and name in sets[run - 1]:
            run -= 1
        assert found[name] == run


def test_history_joins_a_database_with_its_log() -> None:
    """A layer that wrote the log alone keeps the database below; one without a log has none."""
    tree = MemoryTree({"db": b"1"}, {"db-wal": b"w"}, {"x": b""}, {"db": b"2"})

    assert [(layer.index, files) for layer, files in history(tree, "db", "db-wal") if layer] == [
        (0, (b"1", b"")), (1, (b"1", b"w")), (3, (b"2", b"")),
    ]  # fmt: skip
    assert [files for _, files in history(tree, "db")] == [(b"1",), (b"2",)]


class _Counted(Sequence[tuple[LayerRef | None, bytes]]):
    """Versions that count how often each was fetched."""

    def __init__(self, *contents: bytes) -> None:
        self.contents = contents
        self.fetched = [0] * len(contents)

    def __len__(self) -> int:
        return len(self.contents)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        self.fetched[index] += 1
        return layer_ref(index), self.contents[index]


def test_states_are_fetched_one_by_one() -> None:
    """A run that ended asks for no state below it, so that it is never in memory."""
    versions = _Counted(*[b"old %d" % n for n in range(200)], b"new")
    tree = MemoryTree({})
    tree.versions = lambda path: versions  # type: ignore[method-assign]

    found = history(tree, "db")
    before = list(versions.fetched)
    assert credit(found, [("new", "x", "1")], parse)["new", "x", "1"] == layer_ref(200)
    assert [now - then for now, then in zip(versions.fetched, before, strict=True)] == [
        *[0] * 199, 1, 1,
    ]  # fmt: skip
