"""Find the credential that stands in an entry of an environment or of build arguments."""

import re

from pratique.checks._secret_names import is_secret_name, is_value
from pratique.formats.compose.values import Value

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,30}://[^\s/:@]{0,200}:([^\s/@]{1,200})@")
_FILES = re.compile(r"KAFKA_SSL_[A-Z]+_CREDENTIALS")
"""Names that hold the name of a file, whatever they sound like."""


def credential_in(name: str, value: Value) -> str:
    """Return the credential that is written in an entry of this name, empty where there is none."""
    written = value.written.strip()
    if is_secret_name(name) and is_value(written) and not _FILES.fullmatch(name):
        return written
    url = _URL.search(written[:4000])
    return url[1] if url and is_value(url[1]) else ""
