"""
Compile expressions once, and say what is wrong with them where it stands in the file.

Laws: an expression must come to a truth value (a message to text); one that names a field which
``facts.FIELDS`` does not have is refused with the nearest name, because at run time it would only be
an error on some images. cel-cpp bounds nesting (32) and iterations itself; memory and time it does
not, so evaluation runs apart (``evaluating``). Bounds: ``MAX_CHARS``.
"""

import difflib
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pratique.model.errors import UsageError
from pratique.policy.cel.facts import FIELDS
from pratique.policy.cel.library import functions
from pratique.policy.policy import Expression

if TYPE_CHECKING:
    from cel_expr_python.cel import Env
    from cel_expr_python.cel import Expression as Compiled

MAX_CHARS = 4096
VARIABLES = {
    "image": ("image", "packages", "findings", "unknowns"),
    "package": ("pkg", "image"),
    "finding": ("finding", "pkg", "image"),
    "unknown": ("unknown", "image"),
}
"""What an expression may name, by what its rule matches; ``data`` and ``now`` always."""
_LISTS = frozenset({"packages", "findings", "unknowns"})
_STRINGS = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'')
_POSITION = re.compile(r"<input>:(\d{1,6}):(\d{1,6}): ([^\n]*)")
_COMMENT = re.compile(r"//[^\n]*")


class InvalidExpression(UsageError):
    """Report an expression that cannot be compiled; the message begins with its place."""

    fix = "see docs/how-to/write-a-policy.md for what expressions may ask"


def compile_expression(expression: Expression, match: str, wanted: str = "BOOL") -> "Compiled":
    """
    Return an expression compiled.

    Args:
        expression: where it stands in its file, too.
        match: what its rule looks at.
        wanted: ``BOOL``, or ``STRING`` for a message.

    Raises:
        InvalidExpression: with file, line and column.
    """
    if len(expression.text) > MAX_CHARS:
        raise _wrong(expression, 1, 1, f"longer than {MAX_CHARS} characters")
    _check_fields(expression)
    try:
        compiled = _compiled(expression.text, match)
    except RuntimeError as error:
        found = _POSITION.search(str(error))
        if found is None:
            raise _wrong(expression, 1, 1, str(error).splitlines()[0][:200]) from None
        line, column = max(1, int(found[1])), max(1, int(found[2]))
        raise _wrong(expression, line, column, found[3][:300]) from None
    result = compiled.return_type().name()
    if result not in (wanted, "DYN"):
        words = {"BOOL": "true or false", "STRING": "text"}[wanted]
        raise _wrong(expression, 1, 1, f"it comes to {result.lower()}, not to {words}")
    return compiled


@lru_cache(maxsize=1024)
def _compiled(text: str, match: str) -> "Compiled":
    return environment(match).compile(text)


@cache
def environment(match: str) -> "Env":
    """Return the environment for rules that look at one kind of thing."""
    from cel_expr_python import cel  # loads cel-cpp: 27 ms
    from cel_expr_python.ext.ext_bindings import ExtBindings
    from cel_expr_python.ext.ext_encoders import ExtEncoders
    from cel_expr_python.ext.ext_math import ExtMath
    from cel_expr_python.ext.ext_optional import ExtOptional
    from cel_expr_python.ext.ext_strings import ExtStrings

    one = cel.Type.Map(cel.Type.STRING, cel.Type.DYN)
    named = {name: cel.Type.List(one) if name in _LISTS else one for name in VARIABLES[match]}
    return cel.NewEnv(
        variables={**named, "data": one, "now": cel.Type.TIMESTAMP},
        extensions=[ExtOptional(), ExtStrings(), ExtMath(), ExtBindings(), ExtEncoders()],
        functions=functions(),
    )


def _check_fields(expression: Expression) -> None:
    """Refuse ``finding.sevrity``: the field of a variable that there never is."""
    bare = _STRINGS.sub(lambda found: " " * len(found[0]), expression.text)
    bare = _COMMENT.sub(lambda found: " " * len(found[0]), bare)
    for found in _FIELD.finditer(bare):
        fields = FIELDS[found[1]]
        if found[2] in fields:
            continue
        line = bare.count("\n", 0, found.start(2)) + 1
        column = found.start(2) - (bare.rfind("\n", 0, found.start(2)) + 1) + 1
        near = difflib.get_close_matches(found[2], fields, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"fields: {', '.join(fields)}"
        raise _wrong(expression, line, column, f"{found[1]} has no field {found[2]!r}", hint)


_FIELD = re.compile(r"(?<![\w.])(image|pkg|finding|unknown)\.\??([a-zA-Z_]\w*)\b(?!\s*\()")


def _wrong(
    expression: Expression, line: int, column: int, problem: str, hint: str = ""
) -> InvalidExpression:
    at = expression.line + line - 1
    column += expression.column - 1 if line == 1 or expression.block else 0
    return InvalidExpression(f"{expression.place}:{at}:{column}: {problem}", hint=hint)
