"""Make a disk that fails now and then: the calls of ``os`` that ask one for something."""

import errno
import os
from types import SimpleNamespace

CALLS = ("open", "write", "fdatasync", "ftruncate")


class Disk:
    """
    The calls; the next ``fails`` of one kind fail, after ``after`` of them that do not.

    A write before the one that fails takes the beginning only, as on a disk that fills up.
    """

    def __init__(self) -> None:
        self.fails = dict.fromkeys(CALLS, 0)
        self.after = 0

    def os(self) -> SimpleNamespace:
        """Return what stands in for ``os`` in a module."""
        return SimpleNamespace(**vars(os) | {name: self.asked(name) for name in CALLS})

    def asked(self, name):
        """Return a call that fails when it is told to, else does what it does."""

        def call(*arguments, **more):
            if self.fails[name] and not self.after:
                self.fails[name] -= 1
                raise OSError(errno.ENOSPC, "No space left on device")
            self.after = max(0, self.after - bool(self.fails[name]))
            if name == "write" and self.fails[name]:
                return os.write(arguments[0], bytes(arguments[1])[:5])
            return getattr(os, name)(*arguments, **more)

        return call
