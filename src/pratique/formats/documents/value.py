"""
Walk through a document whose shape its author chose.

Law: a part of another type than asked for is empty, so a reader takes what is well-formed and
leaves the rest, without a branch for each way to be wrong.
"""

from typing import TypeAlias

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | float | bool | None"
"""What a JSON, TOML or YAML document is made of."""


def mapping(value: object) -> dict[str, Value]:
    """
    Return ``value`` where it is a mapping, else an empty one.

    >>> mapping({"a": 1}), mapping([1])
    ({'a': 1}, {})
    """
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Value]:
    """
    Return ``value`` where it is a list, else an empty one.

    >>> items([1]), items("no list")
    ([1], [])
    """
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """
    Return ``value`` where it is text, else an empty one; a number is no text.

    >>> text("1.10"), text(1.1), text(None)
    ('1.10', '', '')
    """
    return value if isinstance(value, str) else ""
