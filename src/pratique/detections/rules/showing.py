"""
Say in plain words what a rule asks for: one line for each thing that has to hold.

Law: the lines say the condition and nothing else; ``expanded`` puts macros and lists in place, else
they stand by name.
"""

from collections.abc import Iterator

from pratique.detections.rules.checking import fields_read
from pratique.detections.rules.fields.registry import all_fields, resolved
from pratique.detections.rules.resolving import Names
from pratique.detections.rules.rule import Rule, RuleSet
from pratique.detections.rules.types import types_of
from pratique.formats.falco.lexing import BARE
from pratique.formats.falco.printing import printed, printed_operand
from pratique.formats.falco.syntax import (
    And,
    Check,
    Condition,
    FieldRef,
    Items,
    ListRef,
    Macro,
    Not,
    Or,
    Text,
    Texts,
    Transform,
)

MOST_SHOWN = 12
"""Items of a list that are shown; the rest are counted."""
_WORDS = {
    "=": "is",
    "==": "is",
    "!=": "is there and is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
    "contains": "contains",
    "icontains": "contains, in any case,",
    "bcontains": "contains the bytes",
    "startswith": "begins with",
    "bstartswith": "begins with the bytes",
    "endswith": "ends with",
    "glob": "matches",
    "iglob": "matches, in any case,",
    "regex": "matches as a whole the expression",
    "in": "is one of",
    "intersects": "has one of",
    "pmatch": "lies at or below one of",
    "exists": "is there",
}


def described(rule: Rule, rules: RuleSet, *, expanded: bool = False) -> Iterator[str]:
    """Yield the lines that say what a rule is."""
    yield f"{rule.name}  ({rule.priority.value}{'' if rule.enabled else ', not enabled'})"
    yield f"  {rule.path}:{rule.line}"
    yield from (f"  {line}" for line in _paragraph(rule.desc))
    if rule.tags:
        yield f"  tags: {', '.join(rule.tags)}"
    yield f"  events: {_types(rule)}"
    yield "  fires when"
    tree = rule.condition if expanded else _as_written(rule, rules)
    yield from asked(tree, 4)
    yield "  fields"
    yield from _fields(rule)
    yield f"  says: {rule.output_text}"
    for name, reason in _missing(rule):
        yield f"  never answered here: {name} ({reason})"


def asked(tree: Condition, indent: int) -> Iterator[str]:
    """
    Yield a condition as indented lines.

    >>> from pratique.formats.falco.parsing import parse_condition
    >>> list(asked(parse_condition("proc.name = sh and not known"), 0))
    ['proc.name is sh', 'not known']
    """
    space = " " * indent
    match tree:
        case And(parts):
            for part in parts:
                yield from asked(part, indent)
        case Or(parts):
            yield f"{space}one of these:"
            for part in parts:
                yield from _bulleted(part, indent + 2)
        case Not(Check() | Macro() as part):
            yield f"{space}not {_single(part)}"
        case Not(part):
            yield f"{space}not all of this:" if isinstance(part, And) else f"{space}not:"
            yield from asked(part, indent + 2)
        case _:
            yield f"{space}{_single(tree)}"


def _bulleted(part: Condition, indent: int) -> Iterator[str]:
    lines = list(asked(part, indent + 2))
    yield " " * indent + "- " + lines[0].lstrip()
    yield from lines[1:]


def _single(tree: Condition) -> str:
    if not isinstance(tree, Check):
        return printed(tree)
    left = printed_operand(tree.left)
    words = _WORDS[tree.operator] + (f" {tree.modifier}" if tree.modifier else "")
    match tree.right:
        case None:
            return f"{left} {words}"
        case ListRef(name):
            return f"{left} {words} {name}"
        case Texts(values):
            shown = ", ".join(map(_shown, values[:MOST_SHOWN]))
            more = len(values) - MOST_SHOWN
            return f"{left} {words} {shown or 'nothing'}" + (
                f" and {more} more" if more > 0 else ""
            )
        case Text():
            return f"{left} {words} {_shown(tree.right)}"
        case Transform():
            return f"{left} {words} what {printed_operand(tree.right)} holds"


def _shown(text: Text) -> str:
    return text.value if BARE.fullmatch(text.value) else repr(text.value)


def _as_written(rule: Rule, rules: RuleSet) -> Condition:
    """Return the condition with its names, and its exceptions where it has any."""
    names = Names(rules.macros, rules.lists)
    tree = names.parsed(rule.text)
    placed = names.placed(tree)
    match rule.condition:
        case And((first, Not() as exceptions)) if first == placed and rule.condition != placed:
            return And((tree, exceptions))
        case _:
            return tree


def _types(rule: Rule) -> str:
    types = types_of(rule.condition)
    if not types.all_but:
        return ", ".join(sorted(types.names)) or "none"
    return "all" + (f" but {', '.join(sorted(types.names))}" if types.names else "")


def _fields(rule: Rule) -> Iterator[str]:
    known = all_fields()
    read = fields_read(rule.condition) | set(_in_output(rule))
    for reference in sorted(read, key=lambda one: (one.name, one.argument or "")):
        found = resolved(reference, known)
        if found is not None:
            yield f"    {printed_operand(reference)}: {found[0].doc}"


def _in_output(rule: Rule) -> Iterator[FieldRef]:
    waiting: list[FieldRef | Transform | Text | Items] = [
        piece for piece in rule.output if not isinstance(piece, str)
    ]
    while waiting:
        part = waiting.pop()
        if isinstance(part, FieldRef):
            yield part
        elif isinstance(part, Transform | Items):
            waiting += part.parts


def _missing(rule: Rule) -> Iterator[tuple[str, str]]:
    known = all_fields()
    for reference in sorted(fields_read(rule.condition), key=lambda one: one.name):
        found = resolved(reference, known)
        if found is not None and found[0].unavailable:
            yield reference.name, found[0].unavailable


def _paragraph(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.strip().splitlines() if line.strip()]
