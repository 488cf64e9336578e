"""
Start the program: answer ``--version`` before anything is imported, hand the rest to ``cli``.
"""

import sys

from pratique import __version__


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"pratique {__version__}\n")
        return
    from pratique.cli.main import run  # after the fast path: click alone costs 20 ms

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
