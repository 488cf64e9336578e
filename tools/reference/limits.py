"""Make the page of limits from the docstring under each field of ``kit.limits.Limits``."""

import ast
import inspect

from pratique.kit import limits
from tools.reference.markdown import first_line, note, table


def pages() -> dict[str, str]:
    """Return the page."""
    rows = [
        [f"`{name}`", _amount(name, getattr(limits.DEFAULT, name)), first_line(text)]
        for name, text in described().items()
    ]
    text = (
        note("src/pratique/kit/limits.py")
        + "# Limits\n\n"
        + "An image is taken for hostile, so everything it can make pratique do is bounded. "
        + "Past a bound, that part becomes an *unknown* in the report, and the scan goes on.\n\n"
        + table(["Limit", "Default", "What it bounds"], rows)
    )
    return {"docs/reference/limits.md": text}


def described() -> dict[str, str]:
    """
    Return the text under each field of ``Limits``, in order.

    Raises:
        ValueError: a field has none.
    """
    tree = ast.parse(inspect.getsource(limits.Limits)).body[0]
    found: dict[str, str] = {}
    field = ""
    for node in tree.body if isinstance(tree, ast.ClassDef) else []:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            field = node.target.id
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and field:
            found[field] = str(node.value.value)
    missing = set(limits.Limits.__struct_fields__) - set(found)
    if missing:
        raise ValueError(f"limits without a description: {sorted(missing)}")
    return found


def _amount(name: str, value: float) -> str:
    if name.endswith("_bytes"):
        for unit, size in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
            if value >= size and value % size == 0:
                return f"{int(value) // size} {unit}"
        return f"{int(value)} bytes"
    if name.endswith("_seconds"):
        return f"{value:g} s"
    return f"{value:,}".replace(",", " ")
