"""Make the reference of the rule language: grammar, operators, transformers, every field."""

from pratique.detections.rules.comparing import SUITS
from pratique.detections.rules.fields.field import Field, Takes
from pratique.detections.rules.fields.registry import CLASSES
from pratique.detections.rules.types import EVENT_TYPES
from pratique.formats.falco.syntax import OPERATORS, TRANSFORMERS
from tools.reference.markdown import note, table

_MEANS = {
    "exists": "the field is there",
    "<=": "at most",
    "<": "less",
    ">=": "at least",
    ">": "more",
    "==": "equal",
    "=": "equal",
    "!=": "there, and not equal",
    "glob": "matches a shell pattern; `*` crosses `/`",
    "iglob": "the same, in any case",
    "contains": "has the text in it",
    "icontains": "the same, in any case",
    "bcontains": "has the bytes in it (hexadecimal)",
    "startswith": "begins with",
    "bstartswith": "begins with the bytes",
    "endswith": "ends with",
    "regex": "matches as a whole an expression (RE2, POSIX)",
    "intersects": "one value is in the list",
    "in": "is in the list; of several values, all",
    "pmatch": "lies at or below a path of the list; wildcards do not cross `/`",
}
_MAKES = {
    "tolower": "small letters",
    "toupper": "capital letters",
    "b64": "what a base64 text holds",
    "basename": "the last part of a path",
    "len": "how many characters or values",
    "join": "`join(separator, (a, b))`: values as one text",
    "concat": "`concat(a, b)`: texts one behind the other",
    "getopt": '`getopt(proc.args, "ab:")[b]`: the value of an option',
}
_BRACKETS = {
    Takes.NOTHING: "",
    Takes.INDEX: "`[n]`",
    Takes.KEY: "`[key]`",
    Takes.NEEDED_KEY: "`[key]` needed",
}


def pages() -> dict[str, str]:
    """Return the page."""
    text = (
        note("src/pratique/detections/rules/fields")
        + "# The language of rules\n\n"
        + "Falco's; see [Bring your Falco rules](../how-to/bring-your-falco-rules.md) and "
        + "[what differs](../explanation/falco-rules.md). "
        + "A condition joins checks by `and`, `or`, `not` and brackets; a check is a field, an "
        + "operator and a value, or the name of a macro. Texts with blanks, commas, brackets or "
        + "`=` stand between quotes. A comparison on a field that an event does not have is false."
        + "\n\n## Operators\n\n"
        + table(
            ["Operator", "Holds where the value is or", "Kinds"], list(map(_operator, OPERATORS))
        )
        + "\nBehind an operator for texts, `oneof`, `anyof` or `allof` and a list ask for exactly "
        + "one, at least one, or all of its items.\n\n## Transformers\n\n"
        + table(["Transformer", "Makes"], [[f"`{name}`", _MAKES[name]] for name in TRANSFORMERS])
        + "\nOn the right side, `val(field)` or a transformer compares with another field.\n"
        + "\n## Event types\n\n"
        + ", ".join(f"`{name}`" for name in sorted(EVENT_TYPES))
        + "\n"
    )
    for name, fields in CLASSES.items():
        told = [field for field in fields if not field.unavailable]
        text += f"\n## `{name}`\n\n" + table(["Field", "", "Kind", "Holds"], list(map(_row, told)))
    silent = [one for fields in CLASSES.values() for one in fields if one.unavailable]
    rows = [[f"`{one.name}`", str(one.kind), one.unavailable] for one in silent]
    text += (
        "\n## Fields of Falco that no event answers\n\n"
        + "Rules may name them; comparisons on them are false.\n\n"
        + table(["Field", "Kind", "Why"], rows)
    )
    return {"docs/reference/rules-language.md": text}


def _operator(name: str) -> list[str]:
    kinds = ", ".join(str(kind) for kind, suits in SUITS.items() if name in suits)
    return [f"`{name}`", _MEANS[name], kinds]


def _row(field: Field) -> list[str]:
    return [f"`{field.name}`", _BRACKETS[field.takes], str(field.kind), field.doc]
