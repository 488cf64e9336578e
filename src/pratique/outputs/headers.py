"""
Read the headers that servers want, each bound to the one origin that it is for.

``PRATIQUE_SEND_HEADERS`` holds lines ``ORIGIN NAME: VALUE``, such as
``https://alerts.example Authorization: Bearer …``; ``@/path`` names a file with such lines, which is how
orchestrators hand over secrets. Laws: a header goes to its origin (scheme, host, port) and nowhere else;
no value is ever shown, also not in an error.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from pratique.kit.http_redirect import origin
from pratique.model.errors import PratiqueError, UsageError

VARIABLE = "PRATIQUE_SEND_HEADERS"
MAX_BYTES = 64 << 10
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}")
_VALUE = re.compile(r"[\t -~]*")
_HINT = f"each line of {VARIABLE} is: ORIGIN NAME: VALUE"


def headers_for(url: str, environ: Mapping[str, str]) -> dict[str, str]:
    """
    Return the headers for one URL.

    Raises:
        UsageError: a line cannot be understood, or the file cannot be read.

    >>> headers_for("https://a.example/x", {VARIABLE: "https://a.example X-Key: 1"})
    {'x-key': '1'}
    >>> headers_for("https://b.example/x", {VARIABLE: "https://a.example X-Key: 1"})
    {}
    """
    found: dict[str, str] = {}
    for number, line in enumerate(_text(environ.get(VARIABLE, "")).splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            place, name, value = _parts(line.strip(), number)
            if place == origin(url):
                found[name] = value
    return found


def _parts(line: str, number: int) -> tuple[tuple[str, str, int], str, str]:
    place, _, header = line.partition(" ")
    name, colon, value = header.partition(":")
    name, value = name.strip(), value.strip()
    if not colon or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
        raise UsageError(f"line {number} of {VARIABLE} is no header", hint=_HINT)
    try:
        return origin(place), name.lower(), value
    except PratiqueError:
        raise UsageError(f"line {number} of {VARIABLE} names no origin", hint=_HINT) from None


def _text(value: str) -> str:
    if not value.startswith("@"):
        return value
    try:
        with Path(value[1:]).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        said = error.strerror or "unreadable"
        raise UsageError(f"{VARIABLE}: cannot read {value[1:]}: {said}", hint=_HINT) from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"{VARIABLE}: {value[1:]} is too long", hint=_HINT)
    return content.decode("utf-8", "replace")
