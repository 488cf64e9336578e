"""Every failure is of one family, says one line and has a hint a person can follow."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pratique
from pratique.model import errors


def _kinds() -> list[type[errors.PratiqueError]]:
    for info in pkgutil.walk_packages(pratique.__path__, "pratique."):
        if not info.name.endswith("__main__"):
            importlib.import_module(info.name)
    return sorted(_below(errors.PratiqueError), key=lambda kind: kind.__name__)


def _below(kind: type[errors.PratiqueError]) -> Iterator[type[errors.PratiqueError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


# Of the transport alone: callers turn it into a TargetError or a FeedError, which knows who acts.
TRANSPORT = "HttpError"

FAMILIES = {
    errors.UsageError,
    errors.TargetError,
    errors.FormatError,
    errors.FeedError,
    errors.StorageError,
    errors.CapabilityError,
}


def test_every_kind_is_of_one_family_and_described() -> None:
    """Who must act is clear from the class, and the reference has a sentence for it."""
    for kind in _kinds():
        transport = TRANSPORT in {one.__name__ for one in kind.__mro__}
        assert sum(issubclass(kind, family) for family in FAMILIES) + transport == 1, kind
        assert inspect.cleandoc(kind.__doc__ or ""), kind
        assert kind.fix, kind


def test_a_better_hint_wins() -> None:
    """What the place of failure knows beats the default of the family."""
    assert errors.FeedError("no", hint="do this").hint() == "do this"
    assert errors.FeedError.fix == errors.FeedError("no").hint()


def test_a_format_error_says_where() -> None:
    """The byte position is in the message and in the value, where it is known."""
    error = errors.FormatError("bad magic", offset=512)

    assert str(error) == "bad magic (at byte 512)"
    assert error.offset == 512
    assert errors.FormatError("bad magic").offset is None


def test_the_drawing_is_the_tree() -> None:
    """The families drawn in the module's docstring are the classes there, neither more nor less."""
    drawing = errors.__doc__ or ""
    defined = {name for name, value in vars(errors).items() if inspect.isclass(value)}

    assert defined == {word for word in drawing.split() if word in defined}
    assert set(errors.PratiqueError.__subclasses__()) & FAMILIES == FAMILIES
