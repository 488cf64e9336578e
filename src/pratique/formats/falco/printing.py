"""
Write the tree of a condition as the text that parses to it.

Law: ``parse_condition(printed(tree)) == tree``; every bracket that could be needed is written.
"""

from pratique.formats.falco import lexing
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
    Right,
    Text,
    Texts,
    Transform,
)

_ESCAPED = {
    "\\": "\\\\",
    '"': '\\"',
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}


def printed(tree: Condition) -> str:
    """
    Return a condition as text.

    >>> printed(Not(And((Macro("a"), Check(FieldRef("proc.name"), "in", Texts((Text("x y"),)))))))
    'not (a and proc.name in ("x y"))'
    """
    match tree:
        case Or(parts):
            return " or ".join(_inside(part, (Or,)) for part in parts)
        case And(parts):
            return " and ".join(_inside(part, (Or, And)) for part in parts)
        case Not(part):
            return "not " + _inside(part, (Or, And, Not))
        case Macro(name):
            return name
        case Check():
            return _check(tree)


def printed_operand(part: FieldRef | Transform | Text | Items) -> str:
    """Return a field, transformer, constant or list as text."""
    match part:
        case FieldRef(name, argument):
            return name + _argument(argument)
        case Text():
            return _text(part)
        case Items(parts):
            return "(" + ", ".join(map(printed_operand, parts)) + ")"
        case Transform(name, parts, argument):
            return f"{name}({', '.join(map(printed_operand, parts))}){_argument(argument)}"


def _inside(part: Condition, loose: tuple[type, ...]) -> str:
    return f"({printed(part)})" if isinstance(part, loose) else printed(part)


def _argument(argument: str | None) -> str:
    if argument is None:
        return ""
    bare = lexing.BARE_ARGUMENT.fullmatch(argument)
    return f"[{argument}]" if bare else f"[{_quoted(argument)}]"


def _check(tree: Check) -> str:
    left = printed_operand(tree.left)
    if tree.right is None:
        return f"{left} {tree.operator}"
    modifier = f" {tree.modifier}" if tree.modifier else ""
    return f"{left} {tree.operator}{modifier} {_right(tree.right)}"


def _right(right: Right) -> str:
    match right:
        case Texts(values):
            return "(" + ", ".join(map(_text, values)) + ")"
        case ListRef(name):
            return name
        case None:
            return ""
        case _:
            return printed_operand(right)


def _text(text: Text) -> str:
    return text.value if text.bare else _quoted(text.value)


def _quoted(text: str) -> str:
    made = []
    for at, letter in enumerate(text):
        if letter == "\\" and text[at + 1 : at + 2] in ("", '"', "'"):
            made.append("\\x5c")  # A backslash before a quote would escape it, even an escaped one.
        elif letter in _ESCAPED or letter >= " ":
            made.append(_ESCAPED.get(letter, letter))
        else:
            made.append(f"\\x{ord(letter):02x}")
    return '"' + "".join(made) + '"'
