"""
Judge the settings of an image's configuration, where a plain password is still a password.

Law: in ``KEY=value`` of ENV, a build argument or a label, a name that promises a password makes any value
one that is no placeholder, reference, path or switch; a token must be long enough to be one.
"""

import re
from collections.abc import Iterator

from pratique.secrets.assignments import PASSWORD, TOKEN, is_no_value
from pratique.secrets.interface import SecretKind
from pratique.secrets.names import Secrecy, secrecy_of
from pratique.secrets.values import is_placeholder

_SETTING = re.compile(
    rb"(?<![\w.-])(?P<name>[A-Za-z_][\w.-]{1,100})=(?:\"(?P<double>[^\"\n]{1,500})\"|'(?P<single>[^'\n]{1,500})'|(?P<bare>[^\s\"';&|]{1,500}))"
)
_SWITCH = re.compile(rb"true|false|yes|no|on|off|none|null|auto|\d{1,4}", re.IGNORECASE)
_LEAST_PASSWORD, _LEAST_TOKEN = 4, 16


def assigned_in(text: bytes) -> Iterator[tuple[int, bytes, SecretKind]]:
    """
    Yield the secret values of the settings in a text, each with its place and its kind.

    >>> [(kind.id, at, len(value)) for at, value, kind in assigned_in(b"PASSWORD=hunter2 USER=app")]
    [('password', 9, 7)]
    """
    for match in _SETTING.finditer(text):
        start, end = match.span(match.lastgroup or "bare")
        value = text[start:end]
        secrecy = secrecy_of(match["name"])
        if secrecy is Secrecy.NONE or is_placeholder(value) or is_no_value(value):
            continue
        if _SWITCH.fullmatch(value) or b" " in value:
            continue
        if secrecy is Secrecy.PASSWORD and len(value) >= _LEAST_PASSWORD:
            yield start, value, PASSWORD
        elif secrecy is Secrecy.TOKEN and len(value) >= _LEAST_TOKEN and not value.isalpha():
            yield start, value, TOKEN
