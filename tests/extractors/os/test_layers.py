from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.os._layers import PackageId, State, credit, history
from pratique.model.errors import FormatError
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
