"""
Decode one JSON document of an image, bounded before a decoder sees the text.

Law: more than ``Limits.json_bytes`` bytes or ``Limits.json_depth`` levels is a ``LimitExceeded``,
wrong types and what is no JSON a ``FormatError``; unknown keys are ignored, as the specification
asks. Source: RFC 8259, OCI image-spec v1.1.
"""

from typing import TypeVar

import msgspec

from pratique.formats.json_depth import check_depth
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded

T = TypeVar("T")


def decode_document(content: bytes, kind: type[T], limits: Limits) -> T:
    """
    Return ``content`` as a ``kind``.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.

    >>> from pratique.kit.limits import DEFAULT
    >>> decode_document(b'{"a": 1}', dict[str, int], DEFAULT)
    {'a': 1}
    """
    if len(content) > limits.json_bytes:
        raise LimitExceeded(f"{len(content)} bytes of JSON, more than {limits.json_bytes}")
    check_depth(content, limits.json_depth)
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.MsgspecError as error:
        raise FormatError(f"not what the specification asks for: {error}"[:200]) from None
    except (ValueError, RecursionError):  # not UTF-8
        raise FormatError("not JSON text") from None
