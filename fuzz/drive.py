"""
Drive one harness with atheris: ``python -m fuzz.drive NAME [libFuzzer's arguments]``.

Run by ``python -m fuzz``; by hand for one input: ``python -m fuzz.drive NAME FILE``.
"""

import sys

import atheris

with atheris.instrument_imports(include=["pratique"]):
    from fuzz.harness import harnesses, one_input

    KNOWN = harnesses()


def main() -> None:
    """Hand over to libFuzzer, which does not return."""
    name, *arguments = sys.argv[1:]
    harness = KNOWN[name]
    atheris.Setup([f"fuzz-{name}", *arguments], lambda content: one_input(harness, content))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
