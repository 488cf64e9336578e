"""
Refuse JSON objects that two decoders would read differently.

Go's encoding/json, which every container engine uses, takes a key whatever its case and lets the
last one win; this program reads exact names. ``{"layers": [a], "Layers": [b]}`` would be image *a*
here and image *b* in the engine, so such a document is refused.
"""

from collections.abc import Mapping

import msgspec
from msgspec import Raw

from pratique.model.errors import FormatError


def refuse_twins(
    content: bytes, known: frozenset[str], below: Mapping[str, frozenset[str]]
) -> None:
    """
    Pass a document whose keys are spelt as we know them, or not like ours at all.

    Args:
        content: JSON text of an object, already decoded once with success.
        known: the names we read of the document itself.
        below: those we read of members that are objects or lists of objects.

    Raises:
        FormatError: a key differs from one of ours by case only, or is no text.

    >>> refuse_twins(b'{"layers": [], "other": 1}', frozenset({"layers"}), {})
    """
    try:
        document = msgspec.json.decode(content, type=dict[str, Raw])
        inside = [
            (inner, names) for m, names in below.items() for inner in _objects(document.get(m))
        ]
    except (msgspec.MsgspecError, ValueError):  # the first decoding skipped keys that are no UTF-8
        raise FormatError("not JSON text") from None
    for found, names in [(document, known), *inside]:
        _check(found, names)


def _objects(raw: Raw | None) -> list[dict[str, Raw]]:
    if raw is None or bytes(raw) == b"null":
        return []
    if bytes(raw).startswith(b"["):
        return msgspec.json.decode(raw, type=list[dict[str, Raw]])
    return [msgspec.json.decode(raw, type=dict[str, Raw])]


def _check(document: dict[str, Raw], known: frozenset[str]) -> None:
    folded = {name.casefold(): name for name in known}
    for key in document:
        if key not in known and key.casefold() in folded:
            raise FormatError(f"the key {key!r} can be read as {folded[key.casefold()]!r}")
