"""
Read ``WWW-Authenticate``: which schemes a server accepts, with their parameters.

Source: RFC 9110, section 11.6.1. Law: read from left to right once, no backtracking; what does not
fit ends the reading, what came before stands.
"""

import re

from msgspec import Struct

_MOST_CHARACTERS = 8192
_SCHEME = re.compile(r"[ ,\t]*([A-Za-z][A-Za-z0-9._-]{0,63})(?:[ \t]+|$)(?![=])")
_PARAMETER = re.compile(
    r'[ ,\t]*([A-Za-z][A-Za-z0-9_-]{0,63})[ \t]{0,8}=[ \t]{0,8}(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))'
)


class Challenge(Struct, frozen=True):
    """One scheme (lower case) and its parameters (lower-case names)."""

    scheme: str
    parameters: dict[str, str] = {}


def read_challenges(header: str) -> tuple[Challenge, ...]:
    """
    Return the challenges in a header, in its order.

    >>> read_challenges('Bearer realm="https://auth.example/token",service="r", Basic realm="r"')[1]
    Challenge(scheme='basic', parameters={'realm': 'r'})
    """
    header = header[:_MOST_CHARACTERS]
    challenges: list[Challenge] = []
    at = 0
    while at < len(header):
        parameter = _PARAMETER.match(header, at) if challenges else None
        if parameter is not None:
            value = parameter[3] if parameter[2] is None else re.sub(r"\\(.)", r"\1", parameter[2])
            challenges[-1].parameters.setdefault(parameter[1].lower(), value)
            at = parameter.end()
            continue
        scheme = _SCHEME.match(header, at)
        if scheme is None:
            break
        challenges.append(Challenge(scheme[1].lower(), {}))
        at = scheme.end()
    return tuple(challenges)
