"""
Provide the key under which fingerprints of secrets are made.

An organisation sets ``PRATIQUE_FINGERPRINT_KEY``, so that its reports can be compared; else each
installation makes one of its own, once, readable by its user only.
"""

import os
from collections.abc import Callable
from pathlib import Path

from pratique.model.errors import StorageError

FILE = "fingerprint.key"
_BYTES = 32


def fingerprint_key(
    given: str, folder: Path | None, random: Callable[[int], bytes] = os.urandom
) -> bytes:
    """
    Return the key: what was given, what was made before, or a new one.

    Raises:
        StorageError: the folder can be neither read nor written.
    """
    if given:
        return given.encode()
    if folder is None:
        raise StorageError("there is no folder for the key of fingerprints")
    path = folder / FILE
    try:
        known = _known(path)
        if known:
            return known
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = folder / f"{FILE}.{os.getpid()}"
        made.unlink(missing_ok=True)
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with os.fdopen(os.open(made, flags, 0o600), "wb") as file:
                file.write(random(_BYTES))
                file.flush()
                os.fsync(file.fileno())  # or a loss of power leaves an empty key under its name
            os.link(made, path)  # fails where another process was first: its key holds
        except FileExistsError:
            pass
        finally:
            made.unlink(missing_ok=True)
        if not (known := _known(path)):
            raise StorageError(f"{path}: it holds no key", hint="delete it: a new one is made")
        return known
    except OSError as error:
        hint = "set PRATIQUE_FINGERPRINT_KEY, or PRATIQUE_DATA_DIR to a folder that can be written"
        raise StorageError(f"{path}: {error.strerror}", hint=hint) from None


def _known(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return b""
    return content if len(content) == _BYTES else b""
