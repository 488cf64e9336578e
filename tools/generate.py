"""
Write every page that is made from the code, or check that the committed ones are current.

A generator is one module of ``tools/reference/`` with ``pages()``: a map from a path of this
repository to the text that belongs there. Pages below ``docs/reference/`` that no generator makes
are removed, so a unit that is gone leaves no page behind. The pages are committed: the
documentation builds, and can be read, without running anything.
"""

import importlib
import pkgutil
import sys
from pathlib import Path

import tools.reference

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "docs/reference"


def main(arguments: list[str]) -> int:
    """Write the pages; with ``--check`` write nothing and list what is stale. Return the status."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m tools.generate [--check]", file=sys.stderr)
        return 2
    wanted = generated()
    stale = [path for path, text in wanted.items() if _current(path) != text]
    gone = sorted(_committed() - set(wanted))
    if arguments:
        for path in [*stale, *gone]:
            print(f"stale: {path} (run `make docs-generate`)")
        return 1 if stale or gone else 0
    for path in stale:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(wanted[path])
    for path in gone:
        (ROOT / path).unlink()
    print(f"{len(wanted)} pages, {len(stale)} rewritten, {len(gone)} removed")
    return 0


def generated() -> dict[str, str]:
    """Return every generated file of the repository: path -> text."""
    made: dict[str, str] = {}
    for info in pkgutil.iter_modules(tools.reference.__path__, "tools.reference."):
        module = importlib.import_module(info.name)
        if not hasattr(module, "pages"):
            continue
        for path, text in module.pages().items():
            if path in made:
                raise ValueError(f"two generators make {path}")
            made[path] = text
    return made


def _current(path: str) -> str | None:
    file = ROOT / path
    return file.read_text() if file.is_file() else None


def _committed() -> set[str]:
    return {str(path.relative_to(ROOT)) for path in (ROOT / FOLDER).rglob("*") if path.is_file()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
