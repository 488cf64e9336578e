"""
Parse the output text of a rule: words, and fields behind a percent sign.

``%proc.name``, ``%proc.aname[2]``, ``%toupper(proc.name)``. A ``*`` in front of the whole text, or
right before a percent sign, is Falco's old mark for "print it even where a field is missing"; it is
dropped, because here a missing field is always printed, as ``<NA>``. A percent sign before anything
else stands for itself. Bound: ``MAX_CHARS`` characters, ``MAX_FIELDS`` fields.
"""

from pratique.formats.falco.lexing import ConditionError
from pratique.formats.falco.parsing import operand_at
from pratique.formats.falco.syntax import Left

MAX_CHARS = 16_384
MAX_FIELDS = 512
NOTHING = "<NA>"
"""What a missing field prints."""


def parse_output(text: str) -> tuple[str | Left, ...]:
    """
    Return the pieces of an output text, in order.

    Raises:
        ConditionError: over a bound, or an argument in brackets that does not end.

    >>> parse_output("100% of %user.name")
    ('100% of ', FieldRef(name='user.name', argument=None))
    """
    if len(text) > MAX_CHARS:
        raise ConditionError(f"an output of more than {MAX_CHARS} characters")
    pieces: list[str | Left] = []
    words, at = "", 0
    text = text.removeprefix("*")
    while (percent := text.find("%", at)) >= 0:
        words += text[at:percent]
        at = percent + 1
        found, end = operand_at(text, at)
        if found is None:
            words += "%"
            continue
        words = words.removesuffix("*") if percent and text[percent - 1] == "*" else words
        pieces += [words, found] if words else [found]
        words, at = "", end
        if len(pieces) > 2 * MAX_FIELDS:
            raise ConditionError(f"an output of more than {MAX_FIELDS} fields")
    words += text[at:]
    return (*pieces, words) if words else tuple(pieces)
