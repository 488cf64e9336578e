"""
Hold a temporary file without a name: it vanishes with its descriptor, however the process ends.
"""

import os
import weakref

_PLACES = ("/var/tmp", "/tmp")  # noqa: S108 - nothing is created there under a name


class Spool:
    """
    An empty temporary file in ``TMPDIR``, ``/var/tmp`` or ``/tmp``; ``fd`` is -1 where none can be.

    >>> spool = Spool()
    >>> os.pwrite(spool.fd, b"x", 0), spool.close()
    (1, None)
    """

    def __init__(self) -> None:
        self.fd = _open()
        self.close = weakref.finalize(self, _close, self.fd)


def _open() -> int:
    flags = getattr(os, "O_TMPFILE", 0) | os.O_RDWR | os.O_CLOEXEC
    for place in (os.environ.get("TMPDIR", ""), *_PLACES):
        try:
            return os.open(place, flags, 0o600)
        except OSError:
            continue
    return _unlinked()


def _unlinked() -> int:
    """Return a file that had a name for a moment: for file systems without ``O_TMPFILE``."""
    import tempfile  # 8 ms that only such systems pay

    try:
        with tempfile.TemporaryFile() as file:
            return os.dup(file.fileno())
    except OSError:
        return -1


def _close(descriptor: int) -> None:
    if descriptor >= 0:
        os.close(descriptor)
