r"""
Read the data terms of Erlang and Elixir: no evaluation, one pass, a stack of our own.

Strings, binaries and atoms become text, numbers the text they are written as, tuples tuples, lists
and maps lists. The key of an Elixir keyword or map entry is a ``Key``, followed by its value.
Bounds: nesting by ``Limits.json_depth``; a million terms; no text is looked at twice.
Source: https://www.erlang.org/doc/system/data_types.html;
https://hexdocs.pm/elixir/syntax-reference.html
"""

import re
from functools import cache
from typing import TypeAlias

from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

Term: TypeAlias = "str | tuple[Term, ...] | list[Term]"


class Key(str):
    """The key of an entry of an Elixir map or keyword list."""

    __slots__ = ()


_MOST_TOKENS = 1_000_000
_CLOSING = {"{": "}", "[": "]", "%{": "}", "#{": "}", "(": ")"}


def erlang_terms(text: str, limits: Limits = DEFAULT) -> list[Term]:
    """
    Return the terms of a file that Erlang's ``file:consult/1`` would read.

    Raises:
        FormatError: brackets do not match.
        LimitExceeded: nested too deeply.

    >>> erlang_terms('{application, ssl, [{vsn,"10.8"}, {x, <<"b">>}]}. % end')
    [('application', 'ssl', [('vsn', '10.8'), ('x', 'b')])]
    """
    return _build(_erlang(), text, limits)


def elixir_terms(text: str, limits: Limits = DEFAULT) -> list[Term]:
    """
    Return the terms of a file of Elixir literals, such as a lock file.

    Raises:
        FormatError: brackets do not match.
        LimitExceeded: nested too deeply.

    >>> elixir_terms('%{"mime": {:hex, :mime, "2.0.3", [hex: :mime]}} # end')
    [['mime', ('hex', 'mime', '2.0.3', ['hex', 'mime'])]]
    """
    return _build(_elixir(), text, limits)


def _build(tokens: re.Pattern[str], text: str, limits: Limits) -> list[Term]:
    top: list[Term] = []
    stack: list[tuple[str, list[Term]]] = []
    for count, found in enumerate(tokens.finditer(text)):
        if count > _MOST_TOKENS:
            raise LimitExceeded(f"more than {_MOST_TOKENS} terms")
        token = found[0]
        into = stack[-1][1] if stack else top
        if token in _CLOSING:
            if len(stack) >= limits.json_depth:
                raise LimitExceeded(f"terms are nested over {limits.json_depth} deep")
            stack.append((token, []))
        elif token in ("}", "]", ")"):
            _close(stack, token, top)
        elif (value := _value(token)) is not None:
            into.append(value)
    if stack:
        raise FormatError("the terms are cut off: a bracket is not closed")
    return top


def _close(stack: list[tuple[str, list[Term]]], token: str, top: list[Term]) -> None:
    opened, content = stack.pop() if stack else ("", [])
    if _CLOSING.get(opened) != token:
        raise FormatError(f"a {token!r} closes nothing")
    value: Term = tuple(content) if opened == "{" else content
    (stack[-1][1] if stack else top).append(value)


def _value(token: str) -> str | None:
    """Return the text of a token; None for a comment or what stands between values."""
    mark = token[0]
    if mark in "\"'":
        if token.endswith((f"{mark}:", f"{mark} =>")):
            return Key(_unquoted(token[: token.rindex(mark) + 1]))
        return _unquoted(token)
    if mark in "%#":
        return None
    if mark == ":":
        return _unquoted(token[1:])
    return Key(token[:-1]) if token[-1] == ":" else token


def _unquoted(token: str) -> str:
    if token[0] not in "\"'":
        return token
    text = token[1:-1] if len(token) > 1 and token[-1] == token[0] else token[1:]
    return text.replace('\\"', '"').replace("\\\\", "\\") if "\\" in text else text


@cache
def _erlang() -> re.Pattern[str]:
    return re.compile(
        r"%[^\n]*+"
        r'|"(?:[^"\\]++|\\.)*+"?'
        r"|'(?:[^'\\]++|\\.)*+'?"
        r"|#\{|[{}\[\]()]"
        r"|[A-Za-z_][A-Za-z0-9_@]*+"
        r"|[0-9][A-Za-z0-9_#]*+(?:\.[0-9][A-Za-z0-9_]*+)?+",
        re.DOTALL,
    )


@cache
def _elixir() -> re.Pattern[str]:
    quoted = r'"(?:[^"\\]++|\\.)*+"?'
    return re.compile(
        r"#[^\n]*+"
        rf"|{quoted}(?::(?=\s)|\ =>)?+"
        rf"|:{quoted}"
        r"|%\{|[{}\[\]()]"
        r"|:?[A-Za-z_][A-Za-z0-9_@]*+[?!]?+(?::(?=\s))?+"
        r"|[0-9][A-Za-z0-9_]*+(?:\.[0-9][A-Za-z0-9_]*+)?+",
        re.DOTALL,
    )
