"""
Put macros and lists in place, and exceptions behind the condition they belong to.

Laws: names hold over all loaded files, whatever the order; the last definition counts. A cycle, an
unknown macro, or a condition that grows over ``MAX_CHECKS`` is an error. A bare word in a list that
is the name of a list stands for its items. An exception ``fields/comps/values`` is
``and not ((f1 c1 v1 and f2 c2 v2) or …)``.
"""

from collections.abc import Iterator, Mapping, Sequence

from pratique.formats.falco.document import ExceptionEntry
from pratique.formats.falco.lexing import BARE, ConditionError, Cursor
from pratique.formats.falco.parsing import parse_condition, parse_field
from pratique.formats.falco.rewriting import Leaf, rewritten
from pratique.formats.falco.syntax import (
    LISTED,
    MODIFIERS,
    OPERATORS,
    TEXTUAL,
    And,
    Check,
    Condition,
    ListRef,
    Macro,
    Not,
    Or,
    Text,
    Texts,
)

MAX_CHECKS = 50_000
MAX_DEPTH = 200
MAX_ITEMS = 200_000


class Unresolved(ConditionError):
    """Report a name that cannot be put in place; ``name`` is what to look for in the text."""

    def __init__(self, message: str, name: str = "") -> None:
        super().__init__(message)
        self.name = name


class Names:
    """The macros and lists of all files, put in place on demand and once."""

    def __init__(self, macros: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> None:
        self._macros = macros
        self._lists = lists
        self._odd = tuple(name for name in lists if not BARE.fullmatch(name))
        self._trees: dict[str, Condition] = {}
        self._items: dict[str, tuple[str, ...]] = {}
        self._sizes: dict[int, int] = {}
        self._kept: list[Condition] = []  # Numbers by identity hold while their objects live.
        self._open: list[str] = []

    def condition(self, text: str) -> Condition:
        """
        Return a condition with all names in place.

        Raises:
            ConditionError: it does not follow the grammar.
            Unresolved: a name is unknown, leads to itself, or to too much.
        """
        return self.placed(self.parsed(text))

    def parsed(self, text: str) -> Condition:
        """Return a condition as written, its names in it."""
        return parse_condition(text, self._odd)

    def placed(self, tree: Condition) -> Condition:
        """Return a tree with all names in place."""
        made = rewritten(tree, self._placed)
        if self._size(made) > MAX_CHECKS:
            raise Unresolved(f"a condition of more than {MAX_CHECKS} comparisons")
        return made

    def items(self, name: str) -> tuple[str, ...]:
        """Return the items of a list, those of lists it names among them."""
        if name not in self._items:
            found: list[str] = []
            for item in self._entered(name, self._lists[name]):
                found += self.items(item) if item in self._lists else [item]
                if len(found) > MAX_ITEMS:
                    raise Unresolved(f"the list {name!r} has more than {MAX_ITEMS} items", name)
            self._items[name] = tuple(found)
        return self._items[name]

    def _entered(self, name: str, parts: Sequence[str]) -> Iterator[str]:
        if name in self._open or len(self._open) >= MAX_DEPTH:
            way = " → ".join((*self._open[-5:], name))
            raise Unresolved(f"{name!r} leads to itself: {way}"[:200], name)
        self._open.append(name)
        try:
            yield from parts
        finally:
            self._open.pop()

    def _placed(self, leaf: Leaf) -> Condition:
        match leaf:
            case Macro(name):
                return self._macro(name)
            case Check(left, operator, ListRef(name), modifier) if name in self._lists:
                values = tuple(map(unquoted, self.items(name)))
                return Check(left, operator, Texts(values), modifier)
            case Check(left, operator, Texts(values), modifier):
                return Check(left, operator, Texts(tuple(self._texts(values))), modifier)
            case Check():
                return leaf

    def _texts(self, values: Sequence[Text]) -> Iterator[Text]:
        for value in values:
            if value.bare and value.value in self._lists:
                yield from map(unquoted, self.items(value.value))
            else:
                yield Text(value.value)

    def _macro(self, name: str) -> Condition:
        if name not in self._macros:
            raise Unresolved(f"unknown macro {name[:80]!r}", name)
        if name not in self._trees:
            for text in self._entered(name, (self._macros[name],)):
                self._trees[name] = rewritten(self.parsed(text), self._placed)
                if self._size(self._trees[name]) > MAX_CHECKS:
                    raise Unresolved(f"the macro {name!r} has over {MAX_CHECKS} comparisons", name)
        return self._trees[name]

    def _size(self, tree: Condition) -> int:
        """Return the comparisons of a tree; shared parts are counted once and then known."""
        match tree:
            case And(parts) | Or(parts):
                if id(tree) not in self._sizes:
                    self._sizes[id(tree)] = sum(map(self._size, parts))
                    self._kept.append(tree)
                return self._sizes[id(tree)]
            case Not(part):
                return self._size(part)
            case _:
                return 1


def unquoted(text: str) -> Text:
    """
    Return an item of a list as a constant; Falco pastes it into the condition, quotes and all.

    >>> unquoted('"10.0.0.0/8"').value, unquoted("a b").value
    ('10.0.0.0/8', 'a b')
    """
    cursor = Cursor(text)
    found = cursor.quoted()
    return Text(text if found is None or cursor.at != len(text) else found)


def excepted(tree: Condition, exceptions: Sequence[ExceptionEntry]) -> Condition:
    """
    Return a condition that leaves out what its exceptions say.

    Raises:
        ConditionError: fields, comps and values do not go together.
    """
    cases = [case for entry in exceptions for case in _cases(entry)]
    if not cases:
        return tree
    return And((tree, Not(cases[0] if len(cases) == 1 else Or(tuple(cases)))))


def check_exception(entry: ExceptionEntry) -> None:
    """Raise ``ConditionError`` where the fields and comps of an exception do not go together."""
    if not entry.fields:
        raise ConditionError(f"the exception {entry.name!r} has no fields")
    if len(_comps(entry)) != len(entry.fields):
        raise ConditionError(f"the exception {entry.name!r} has more or fewer comps than fields")
    for comp in _comps(entry):
        words = comp.split()
        modified = len(words) == 2 and words[0] in TEXTUAL and words[1] in MODIFIERS
        if not modified and comp not in OPERATORS:
            raise ConditionError(f"the exception {entry.name!r} has the unknown comp {comp[:40]!r}")


def _comps(entry: ExceptionEntry) -> tuple[str, ...]:
    fields = entry.fields or ()
    return entry.comps or (("in",) if entry.single else ("=",) * len(fields))


def _cases(entry: ExceptionEntry) -> Iterator[Condition]:
    check_exception(entry)
    fields, comps = entry.fields or (), _comps(entry)
    if entry.single and comps[0] in LISTED:
        flat = [one for value in entry.values or () for one in _several(value)]
        if flat:
            yield Check(parse_field(fields[0]), comps[0], _listed(flat))
        return
    for value in entry.values or ():
        row = (value,) if isinstance(value, str) else value
        row = (tuple(_several(value)),) if entry.single and not isinstance(value, str) else row
        if len(row) != len(fields):
            raise ConditionError(
                f"a value of the exception {entry.name!r} has not {len(fields)} parts"
            )
        checks = [_compared(*one) for one in zip(fields, comps, row, strict=True)]
        yield checks[0] if len(checks) == 1 else And(tuple(checks))


def _several(value: "str | tuple[str | tuple[str, ...], ...]") -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for one in value for text in _several(one)]


def _listed(values: Sequence[str]) -> Texts:
    return Texts(tuple(Text(unquoted(value).value, bare=True) for value in values))


def _compared(field: str, comp: str, value: str | tuple[str, ...]) -> Condition:
    operator, _, modifier = comp.partition(" ")
    left = parse_field(field)
    if operator == "exists":
        return Check(left, operator)
    if operator not in LISTED and not modifier:
        if not isinstance(value, str):
            raise ConditionError(f"{comp!r} compares with one text, not with a list")
        return Check(left, operator, unquoted(value))
    texts = (value,) if isinstance(value, str) else value
    if len(texts) == 1 and texts[0].startswith("("):
        found = parse_condition(f"{field} in {texts[0]}")
        if isinstance(found, Check):
            return Check(left, operator, found.right, modifier)
    return Check(left, operator, _listed(texts), modifier)
