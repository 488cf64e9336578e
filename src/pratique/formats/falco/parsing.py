"""
Parse a condition of Falco's rule language into a tree.

Or < And < Not < Check; a check is a field (or transformer) and an operator, the name of a macro, or
a condition in brackets. Bounds: ``MAX_CHARS`` characters, ``MAX_DEPTH`` nested brackets and
transformers. Source: as ``syntax``; the cases of its unit tests are ours too.
"""

import re
from collections.abc import Callable, Collection

from pratique.formats.falco import lexing
from pratique.formats.falco.lexing import ConditionError, Cursor
from pratique.formats.falco.syntax import (
    LISTED,
    MODIFIERS,
    NUMERIC,
    TEXTUAL,
    TRANSFORMERS,
    And,
    Check,
    Condition,
    FieldRef,
    Items,
    Left,
    ListRef,
    Macro,
    Not,
    Or,
    Right,
    Text,
    Texts,
    Transform,
)

MAX_CHARS = 262_144
MAX_DEPTH = 100
_KEYWORD = re.compile(r"(?:and|or|not)(?![a-zA-Z0-9])")
_OPENED = tuple(f"{name}(" for name in TRANSFORMERS)


def parse_condition(text: str, odd_lists: Collection[str] = ()) -> Condition:
    """
    Return the tree of a condition.

    Args:
        text: the condition.
        odd_lists: names of lists that are no bare words (``test list``), to be taken as one word.

    Raises:
        ConditionError: it does not follow the grammar, or passes a bound.

    >>> parse_condition("proc.name = cat and not shell")
    And(parts=(Check(left=FieldRef(name='proc.name', argument=None), operator='=', \
right=Text(value='cat', bare=True), modifier=''), Not(part=Macro(name='shell'))))
    """
    if len(text) > MAX_CHARS:
        raise ConditionError(f"a condition of more than {MAX_CHARS} characters")
    if not text:
        raise ConditionError("a condition is empty")
    parser = _Parser(text, odd_lists)
    tree = parser.either()
    if parser.cursor.at != len(text):
        raise parser.cursor.fail("expected 'and' or 'or'")
    return tree


def parse_field(text: str) -> Left:
    """
    Return the field or transformer that a text names, as an exception or an output does.

    Raises:
        ConditionError: it is none.

    >>> parse_field("proc.aname[2]")
    FieldRef(name='proc.aname', argument='2')
    """
    parser = _Parser(text.strip(lexing.BLANKS), ())
    found = parser.operand()
    if found is None or parser.cursor.at != len(parser.cursor.text):
        raise parser.cursor.fail("expected a field")
    return found


def operand_at(text: str, at: int) -> tuple[Left | None, int]:
    """
    Return the field or transformer that begins at a place of a text, and where it ends.

    None, and the place itself, where none begins there.

    Raises:
        ConditionError: one begins and is not well-formed.

    >>> operand_at("user=%user.name.", 6)
    (FieldRef(name='user.name', argument=None), 15)
    """
    parser = _Parser(text, ())
    parser.cursor.at = at
    return parser.operand(), parser.cursor.at


class _Parser:
    def __init__(self, text: str, odd_lists: Collection[str]) -> None:
        self.cursor = Cursor(text)
        self._odd = sorted(odd_lists, key=len, reverse=True)
        self._depth = 0

    def either(self) -> Condition:
        parts = self._joined("or", self._all)
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Condition:
        parts = self._joined("and", self._negated)
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _joined(self, word: str, part: Callable[[], Condition]) -> list[Condition]:
        cursor = self.cursor
        cursor.blank()
        parts = [part()]
        cursor.blank()
        while cursor.word(word):
            if cursor.blank():
                parts.append(part())
            elif cursor.word("("):
                parts.append(self._rest_of_bracket())
            else:
                raise cursor.fail(f"expected a blank or '(' after '{word}'")
            cursor.blank()
        return parts

    def _negated(self) -> Condition:
        cursor, odd = self.cursor, False
        cursor.blank()
        while cursor.match(lexing.NOT):
            odd = not odd
        if cursor.word("not("):
            odd = not odd
            found = self._rest_of_bracket()
        else:
            found = self._check()
        return Not(found) if odd else found

    def _rest_of_bracket(self) -> Condition:
        self._deeper()
        found = self.either()
        self.cursor.blank()
        if not self.cursor.word(")"):
            raise self.cursor.fail("expected ')'")
        self._depth -= 1
        return found

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ConditionError(f"nested more than {MAX_DEPTH} deep", self.cursor.at)

    def _check(self) -> Condition:
        cursor = self.cursor
        cursor.blank()
        if cursor.word("("):
            return self._rest_of_bracket()
        left = self.operand()
        if left is not None:
            return self._compared(left)
        name = cursor.match(lexing.IDENTIFIER)
        if not name:
            raise cursor.fail("expected '(', a field, or the name of a macro")
        return Macro(name)

    def operand(self) -> Left | None:
        """Return a field or transformer, None if none stands here."""
        name = self.cursor.match(lexing.FIELD)
        if name:
            return FieldRef(name, self._argument())
        opened = next((word for word in _OPENED if self.cursor.word(word)), "")
        return self._transform(opened[:-1]) if opened else None

    def _argument(self) -> str | None:
        cursor = self.cursor
        if not cursor.word("["):
            return None
        found = cursor.quoted()
        if found is None:
            found = cursor.match(lexing.BARE_ARGUMENT) or None
        if found is None:
            raise cursor.fail("expected an argument, quoted or bare")
        if not cursor.word("]"):
            raise cursor.fail("expected ']'")
        return found

    def _transform(self, name: str) -> Transform:
        self._deeper()
        cursor = self.cursor
        parts: list[FieldRef | Transform | Text | Items] = []
        while True:
            cursor.blank()
            parts.append(self._items() if cursor.word("(") else self._part())
            cursor.blank()
            if not cursor.word(","):
                break
        if not cursor.word(")"):
            raise cursor.fail(f"expected ')' after {name}(")
        self._depth -= 1
        return Transform(name, tuple(parts), self._argument())

    def _part(self) -> FieldRef | Transform | Text:
        cursor = self.cursor
        number = cursor.match(lexing.HEXADECIMAL) or cursor.match(lexing.NUMBER)
        if number:
            return Text(number, bare=True)
        text = cursor.quoted()
        if text is not None:
            return Text(text)
        found = self.operand()
        if found is None:
            raise cursor.fail("expected a field, a transformer, a quoted text or a number")
        return found

    def _items(self) -> Items:
        cursor = self.cursor
        cursor.blank()
        if cursor.word(")"):
            return Items(())
        parts = [self._part()]
        cursor.blank()
        while cursor.word(","):
            cursor.blank()
            parts.append(self._part())
            cursor.blank()
        if not cursor.word(")"):
            raise cursor.fail("expected ')'")
        return Items(tuple(parts))

    def _compared(self, left: Left) -> Check:
        cursor = self.cursor
        cursor.blank()
        if cursor.one_of(("exists",)):
            return Check(left, "exists")
        if operator := cursor.one_of(NUMERIC):
            return Check(left, operator, self._number())
        if operator := cursor.one_of(TEXTUAL):
            modifier = self._modifier(operator)
            right = self._list() if modifier else self._value()
            return Check(left, operator, right, modifier)
        if operator := cursor.one_of(LISTED):
            cursor.blank()
            return Check(left, operator, self._bracketed() or self._other() or self._list())
        raise cursor.fail("expected an operator")

    def _modifier(self, operator: str) -> str:
        """Return ``oneof`` and its like, where a list follows it; else nothing is taken."""
        cursor = self.cursor
        start = cursor.at
        blank = cursor.blank() or operator[0].isalpha()
        found = cursor.one_of(MODIFIERS) if blank else ""
        named = lexing.IDENTIFIER.match(cursor.text, cursor.at)
        follows = named or cursor.text.startswith("(", cursor.at)
        if found and follows and not _KEYWORD.match(cursor.text, cursor.at):
            return found
        cursor.at = start
        return ""

    def _other(self) -> Transform | None:
        """Return another field, by ``val`` or a transformer, None if none stands here."""
        cursor = self.cursor
        cursor.blank()
        if not cursor.word("val("):
            opened = next((word for word in _OPENED if cursor.word(word)), "")
            return self._transform(opened[:-1]) if opened else None
        cursor.blank()
        name = cursor.match(lexing.FIELD)
        if not name:
            raise cursor.fail("expected a field in val()")
        field = FieldRef(name, self._argument())
        cursor.blank()
        if not cursor.word(")"):
            raise cursor.fail("expected ')' after val(")
        return Transform("val", (field,), self._argument())

    def _number(self) -> Right:
        other = self._other()
        if other is not None:
            return other
        cursor = self.cursor
        number = cursor.match(lexing.HEXADECIMAL) or cursor.match(lexing.NUMBER)
        if not number:
            raise cursor.fail("expected a number or a transformed field")
        return Text(number, bare=True)

    def _value(self) -> Right:
        return self._other() or self._text()

    def _text(self) -> Text:
        cursor = self.cursor
        cursor.blank()
        quoted = cursor.quoted()
        if quoted is not None:
            return Text(quoted)
        bare = cursor.match(lexing.BARE)
        if not bare:
            raise cursor.fail("expected a text")
        return Text(bare, bare=True)

    def _list(self) -> Texts | ListRef:
        self.cursor.blank()
        found = self._bracketed()
        if found is not None:
            return found
        name = self.cursor.match(lexing.IDENTIFIER)
        if not name:
            raise self.cursor.fail("expected a list or the name of one")
        return ListRef(name)

    def _bracketed(self) -> Texts | None:
        cursor = self.cursor
        if not cursor.word("("):
            return None
        cursor.blank()
        if cursor.word(")"):
            return Texts(())
        values = [self._item()]
        cursor.blank()
        while cursor.word(","):
            values.append(self._item())
            cursor.blank()
        if not cursor.word(")"):
            raise cursor.fail("expected ')'")
        return Texts(tuple(values))

    def _item(self) -> Text:
        cursor = self.cursor
        cursor.blank()
        for name in self._odd:
            end = cursor.at + len(name)
            if cursor.text.startswith(name, cursor.at) and cursor.text[end:].lstrip()[:1] in (
                ",",
                ")",
            ):
                cursor.at = end
                return Text(name, bare=True)
        return self._text()
