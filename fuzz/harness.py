"""Say what a harness is, and find all of them."""

import importlib
import pkgutil
from collections.abc import Callable, Iterable

from msgspec import Struct

import fuzz.harnesses
from pratique.model.errors import FormatError


class Harness(Struct, frozen=True):
    """``run`` gives an input to a parser and takes all that comes out; ``seeds`` are sound inputs."""

    name: str
    run: Callable[[bytes], object]
    seeds: Callable[[], Iterable[bytes]]


def harnesses() -> dict[str, Harness]:
    """Return every harness by name, from the modules of ``fuzz/harnesses/``."""
    found: dict[str, Harness] = {}
    for info in pkgutil.iter_modules(fuzz.harnesses.__path__, "fuzz.harnesses."):
        for harness in importlib.import_module(info.name).HARNESSES:
            if harness.name in found:
                raise ValueError(f"two harnesses are called {harness.name}")
            found[harness.name] = harness
    return found


def one_input(harness: Harness, content: bytes) -> None:
    """Give one input to a harness; whatever comes out but a ``FormatError`` is a fault."""
    try:
        found = harness.run(content)
        if hasattr(found, "__next__"):
            for _ in found:  # type: ignore[attr-defined]
                pass
    except FormatError:
        pass
