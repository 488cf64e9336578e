"""Law: no types named means everything, all opens included."""

from pratique.model.interest import EVERYTHING, Interest, merged


def test_everything_holds_nothing_back() -> None:
    assert EVERYTHING.types == frozenset()
    assert EVERYTHING.every_open


def _wants(*types: str, prefixes: tuple[str, ...] = ()) -> Interest:
    return Interest(
        types=frozenset(types),
        every_open=False,
        open_writes=False,
        read_prefixes=frozenset(prefixes),
    )


def test_what_one_wants_the_merged_one_wants() -> None:
    both = merged([_wants("execve"), _wants("openat", prefixes=("/etc/",))])

    assert both.types == {"execve", "openat", "lost"}
    assert both.read_prefixes == {"/etc/"}
    assert not both.every_open
    assert not both.open_writes


def test_one_who_wants_everything_gets_it() -> None:
    assert merged([_wants("execve"), EVERYTHING]) == EVERYTHING


def test_losses_are_always_wanted() -> None:
    assert merged([]).types == {"lost"}


def test_variables_are_not_forgotten_by_who_wants_everything() -> None:
    named = Interest(types=frozenset({"execve"}), variables=frozenset({"A"}))
    assert merged([named, EVERYTHING]).variables == {"A"}
    assert merged([named, _wants("execve")]).variables == {"A"}
