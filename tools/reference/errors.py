"""Make the page of errors from every class below ``PratiqueError``, wherever it is defined."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pratique
from pratique.model import errors
from tools.reference.markdown import code, first_line, note, prose, table


def pages() -> dict[str, str]:
    """Return the page."""
    rows = [
        [f"`{kind.__name__}`", f"`{_family(kind)}`", first_line(kind.__doc__), first_line(kind.fix)]
        for kind in kinds()
    ]
    tree, rest = _drawing()
    text = (
        note("src/pratique/model/errors.py and the interfaces")
        + "# Errors\n\n"
        + "An error is one line that says what is wrong, and one that says what to do:\n\n"
        + code("pratique: error: MESSAGE\n  hint: WHAT TO DO")
        + "\nThey are sorted by who must act.\n\n"
        + code(tree)
        + f"\n{prose(rest)}\n## Every kind\n\n"
        + table(["Error", "Family", "What it reports", "Default hint"], rows)
    )
    return {"docs/reference/errors.md": text}


def kinds() -> list[type[errors.PratiqueError]]:
    """Return every error class of the program, by family and name."""
    for info in pkgutil.walk_packages(pratique.__path__, "pratique."):
        if not info.name.endswith("__main__"):
            importlib.import_module(info.name)
    found = {
        kind for kind in _below(errors.PratiqueError) if kind.__module__.startswith("pratique")
    }
    return sorted(found, key=lambda kind: (_family(kind), kind.__mro__[1:-1] != (), kind.__name__))


def _below(kind: type[errors.PratiqueError]) -> Iterator[type[errors.PratiqueError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _family(kind: type[errors.PratiqueError]) -> str:
    """Return the name of the ancestor directly below the root."""
    line = [one.__name__ for one in kind.__mro__]
    return line[line.index("PratiqueError") - 1]


def _drawing() -> tuple[str, str]:
    """Return the tree drawn in the module's docstring, and the text after it."""
    text = inspect.cleandoc(errors.__doc__ or "").partition("::\n")[2]
    lines = text.splitlines()
    drawn = [line for line in lines if line.startswith("    ")]
    rest = [line for line in lines if not line.startswith("    ")]
    return inspect.cleandoc("\n".join(drawn)), "\n".join(rest)
