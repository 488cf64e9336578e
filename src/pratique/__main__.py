"""
Start the program: answer ``--version`` before anything is imported, hand the rest to ``cli``.

A request to terminate (SIGTERM, as a build step's time limit sends it) ends the program as Ctrl-C
does: temporary files are removed, workers stopped, exit code 130.
"""

import os
import sys

from pratique import __version__

_OBJECTS = 50_000
"""New objects after which unreachable ones are looked for."""
_asked: list[bool] = []
"""Not empty once the end was asked for: C code may make another error of what is raised then."""


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        _tell_version()
        return
    import gc
    import signal  # after the fast path, as all that is below: click alone costs 20 ms

    signal.signal(signal.SIGTERM, _interrupt)
    # What a scan makes lives until its end: to look for rubbish among it at each 700th object costs
    # a tenth of a small scan.
    gc.set_threshold(_OBJECTS)
    from pratique.cli import streams

    streams.prepare()
    from pratique.cli.main import EXIT_USAGE, run
    from pratique.cli.saying import say

    code = run(sys.argv[1:], interrupted=lambda: bool(_asked))
    if (failed := streams.settle()) is not None and code != EXIT_USAGE:
        say(str(failed), failed.hint())
        code = EXIT_USAGE
    # The interpreter looks for rubbish once more before it ends, among all there is: nobody needs it.
    gc.freeze()
    sys.exit(code)


def _tell_version() -> None:
    try:
        os.write(1, f"pratique {__version__}\n".encode())
    except BrokenPipeError:
        return
    except OSError as error:
        # Not a failure that Python tells: its exit code would be that of a verdict.
        sys.exit(_refused(f"pratique: error: cannot write to standard output: {error.strerror}\n"))


def _refused(words: str) -> int:
    try:
        os.write(2, words.encode())
    except OSError:
        pass
    return 2


def _interrupt(_signal: int, _frame: object) -> None:
    _asked.append(True)
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
