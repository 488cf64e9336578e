"""Say on standard error why a command did not do, or not answer, what was asked."""

import sys


def say(message: str, hint: str) -> None:
    """
    Print an error in one line, and below it what a person can do about it.

    >>> from contextlib import redirect_stderr
    >>> with redirect_stderr(sys.stdout):
    ...     say("no such image", "check the name")
    pratique: error: no such image
      hint: check the name
    """
    from pratique.formats.text import printable  # lazily: only failures need it

    sys.stderr.write(f"pratique: error: {printable(message)}\n")
    if hint:
        sys.stderr.write(f"  hint: {printable(hint)}\n")
