"""
Tell whether a kept file can be believed: code reads it that a wrong byte could lead astray.

A compiled database is read by a library that trusts it. Whoever may write the file could run code as
this user, so only files that nobody else could have written are read.
"""

import os
import stat

_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def is_only_ours(descriptor: int) -> bool:
    """Return whether an open file belongs to this user and nobody else may write it."""
    state = os.fstat(descriptor)
    return state.st_uid == os.geteuid() and not state.st_mode & _OTHERS
