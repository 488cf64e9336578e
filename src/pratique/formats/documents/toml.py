"""
Decode a TOML file of an image, bounded.

The decoder of the standard library recurses once per level of nested arrays and inline tables, so
the brackets of one line are counted before. Law: a document it refuses is a ``FormatError``.
Source: TOML 1.0.
"""

from typing import cast

from pratique.formats.documents.value import Value
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded


def parse_toml(content: bytes, limits: Limits = DEFAULT) -> dict[str, Value]:
    """
    Return the document; dates and times stay objects, which no reader of packages asks for.

    Raises:
        FormatError: no TOML, or over a limit.

    >>> parse_toml(b'[[package]]\\nname = "serde"')
    {'package': [{'name': 'serde'}]}
    """
    import tomllib  # 6 ms that only an image with such a file pays

    _check(content, limits)
    try:
        return cast(dict[str, Value], tomllib.loads(content.decode()))
    except UnicodeDecodeError:
        raise FormatError("the TOML is not UTF-8 text") from None
    except RecursionError:
        raise LimitExceeded("the TOML is nested too deeply") from None
    except (ValueError, OverflowError) as error:
        # TOMLDecodeError; and numbers or dates that Python has no value for.
        raise FormatError(f"not TOML: {error}"[:200]) from None


def _check(content: bytes, limits: Limits) -> None:
    """Bound what the decoder will build: values, and parts of one dotted key."""
    values = content.count(b"=") + content.count(b",")
    if values > limits.document_values:
        raise LimitExceeded(f"TOML of more than {limits.document_values} values")
    # A dotted key of n parts costs the decoder n * n, so a long line would take all memory.
    for line in content.splitlines():
        if line.count(b".") > limits.json_depth and _dots(line) > limits.json_depth:
            raise LimitExceeded(f"a TOML key of more than {limits.json_depth} parts")


def _dots(line: bytes) -> int:
    """Return how many dots of a line stand outside strings."""
    outside = line.replace(b"'", b'"').split(b'"')[::2]
    return sum(part.count(b".") for part in outside)
