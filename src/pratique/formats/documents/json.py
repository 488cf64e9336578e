"""
Decode a JSON file of an image into a typed value, bounded before a decoder sees the text.

Law: what is no JSON, of other types than asked for, nested over ``Limits.json_depth`` or of more
values than ``Limits.document_values`` is a ``FormatError``. A byte order mark is passed over, as
tools on Windows write one. Keys that ``kind`` does not name are ignored.
"""

from typing import TypeVar

import msgspec

from pratique.formats.json_depth import check_depth, check_values
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError

T = TypeVar("T")
_MARK = b"\xef\xbb\xbf"


def parse_json(content: bytes, kind: type[T], limits: Limits = DEFAULT) -> T:
    """
    Return ``content`` as a ``kind``: a msgspec struct, or any type msgspec decodes.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.

    >>> parse_json(b'{"name": "left-pad", "extra": 0}', dict[str, object])["name"]
    'left-pad'
    """
    content = content.removeprefix(_MARK)
    check_depth(content, limits.json_depth)
    check_values(content, limits.document_values)
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.MsgspecError as error:
        raise FormatError(f"not the JSON it should be: {error}"[:200]) from None
    except (ValueError, RecursionError):  # not UTF-8
        raise FormatError("not JSON text") from None
