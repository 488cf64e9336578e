"""
Simplify a condition for one event type, where much of it is known before any event is seen.

Laws: what is left holds of an event of that type and act exactly when the condition does. Checks of
the event type, of fields that such an act never has, and of nothing are decided here; ``or`` over the
same field becomes one set or one tuple of prefixes; equal parts are one object, so that a compiler
can tell what rules have in common.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from pratique.detections.rules.checking import Fields, typed
from pratique.detections.rules.comparing import constant, test_of
from pratique.detections.rules.fields.field import Field, Many, Source
from pratique.detections.rules.fields.registry import resolved
from pratique.detections.rules.types import TYPE_FIELDS, constant_number
from pratique.formats.falco.syntax import (
    And,
    Check,
    Condition,
    FieldRef,
    Items,
    Left,
    Macro,
    Not,
    Or,
    Text,
    Texts,
    Transform,
)

_SETS = frozenset({"=", "==", "in", "intersects"})
_AFFIXES = frozenset({"startswith", "endswith"})


class Term:
    """
    One part of a simplified condition; equal parts are the same object.

    ``check`` for a comparison; else ``word`` is ``and``, ``or``, ``not`` over ``parts``.
    """

    __slots__ = ("check", "number", "parts", "word")

    def __init__(
        self, number: int, word: str, parts: "tuple[Term, ...]" = (), check: Check | None = None
    ) -> None:
        self.number = number
        self.word = word
        self.parts = parts
        self.check = check


Folded: TypeAlias = Term | bool


class Folder:
    """Simplify conditions for events of one type that come with one class of act."""

    def __init__(self, kind: str, act: type, fields: Fields) -> None:
        self._kind = kind
        self._act = act
        self._fields = fields
        self._terms: dict[object, Term] = {}
        self._known: dict[tuple[int, bool], Folded] = {}
        self._trees: list[Condition] = []  # Keeps the objects whose identities are keys.

    def folded(self, tree: Condition, negated: bool = False) -> Folded:
        """Return a condition simplified, or its opposite."""
        key = (id(tree), negated)
        if key not in self._known:
            self._trees.append(tree)
            self._known[key] = self._folded(tree, negated)
        return self._known[key]

    def source(self, reference: FieldRef) -> tuple[Field, Source | None, str | None]:
        """Return where such an act has a field from."""
        found = resolved(reference, self._fields)
        if found is None:
            raise ValueError(f"{reference.name} was not checked")
        field, argument = found
        return field, field.source(self._act, argument), argument

    def _folded(self, tree: Condition, negated: bool) -> Folded:
        match tree:
            case Not(part):
                return self.folded(part, not negated)
            case And(parts):
                # The opposite of "all of" is "one of the opposites", and the other way round.
                return self._joined("or" if negated else "and", parts, negated)
            case Or(parts):
                return self._either(parts, negated)
            case Check():
                return self._opposite(self._check(tree)) if negated else self._check(tree)
            case Macro(name):
                raise ValueError(f"the macro {name} is not resolved")

    def _either(self, parts: Sequence[Condition], negated: bool) -> Folded:
        """Return any of some parts, what compares the same field merged first."""
        plain = self._flattened(parts)
        checks = [part for part in plain if isinstance(part, Check)]
        others = [part for part in plain if not isinstance(part, Check)]
        merged = self._merged(checks)
        return self._joined("and" if negated else "or", [*merged, *others], negated)

    def _flattened(self, parts: Sequence[Condition]) -> list[Condition]:
        found: list[Condition] = []
        for part in parts:
            found += self._flattened(part.parts) if isinstance(part, Or) else [part]
        return found

    def _merged(self, checks: Sequence[Check]) -> list[Check]:
        """Return checks of which those of one field and one operator are one."""
        groups: dict[tuple[Left, str], list[Check]] = {}
        for check in checks:
            way = "in" if check.operator in _SETS else check.operator
            single = isinstance(check.right, Text | Texts) and not check.modifier
            mergeable = single and (way == "in" or way in _AFFIXES or way == "pmatch")
            alone = "" if mergeable else f"{len(groups)}"
            groups.setdefault((check.left, way + alone), []).append(check)
        return [self._one(group) for group in groups.values()]

    def _one(self, group: list[Check]) -> Check:
        first = group[0]
        if len(group) == 1 or typed(first.left, self._fields).many is Many.LIST:
            return first
        texts = tuple(dict.fromkeys(text for check in group for text in texts_of(check)))
        operator = "in" if first.operator in _SETS else first.operator
        return Check(first.left, operator, Texts(texts))

    def _joined(self, word: str, parts: Iterable[Condition], negated: bool) -> Folded:
        decides = word == "or"
        found: dict[int, Term] = {}
        for part in parts:
            folded = self.folded(part, negated)
            if folded is decides:
                return decides
            if isinstance(folded, Term):
                inner = folded.parts if folded.word == word else (folded,)
                found |= {term.number: term for term in inner}
        if not found:
            return not decides
        terms = tuple(found.values())
        return terms[0] if len(terms) == 1 else self._term(word, terms)

    def _opposite(self, folded: Folded) -> Folded:
        if isinstance(folded, bool):
            return not folded
        return folded.parts[0] if folded.word == "not" else self._term("not", (folded,))

    def _term(self, word: str, parts: tuple[Term, ...]) -> Term:
        key = (word, tuple(part.number for part in parts))
        if key not in self._terms:
            self._terms[key] = Term(len(self._terms), word, parts)
        return self._terms[key]

    def _check(self, check: Check) -> Folded:
        known = self._known_check(check)
        if known is not None:
            return known
        if check not in self._terms:
            self._terms[check] = Term(len(self._terms), "check", check=check)
        return self._terms[check]

    def _known_check(self, check: Check) -> bool | None:
        if self._is_missing(check.left):
            return False
        if isinstance(check.right, Transform):
            return False if self._is_missing(check.right) else None
        if isinstance(check.right, Texts) and not check.right.values:
            return False
        if not isinstance(check.left, FieldRef):
            return None
        field, _, _ = self.source(check.left)
        if field.name in TYPE_FIELDS:
            values = [constant(field.kind, text.value) for text in texts_of(check)]
            return test_of(field.kind, check.operator, check.modifier, values)(self._kind)
        if field.always and check.operator == "exists":
            return True
        return None if field.least is None else constant_number(check, field.least)

    def _is_missing(self, part: FieldRef | Transform | Text | Items) -> bool:
        match part:
            case FieldRef():
                return self.source(part)[1] is None
            case Transform(_, parts) | Items(parts):
                return any(map(self._is_missing, parts))
            case Text():
                return False


def texts_of(check: Check) -> tuple[Text, ...]:
    """Return the constants of a comparison."""
    match check.right:
        case Text():
            return (Text(check.right.value),)
        case Texts(values):
            return tuple(Text(value.value) for value in values)
        case _:
            return ()
