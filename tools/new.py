"""
Write the skeleton of a unit: one module and one test file, both from the folder's interface.

The skeleton is made from the Protocol itself, so it never lags behind it. It says what to fill in
and raises ``NotImplementedError`` until that is done.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "pratique"
DEFAULTS = {
    "str": '""',
    "int": "1",
    "bool": "False",
    "Patterns": "Patterns()",
    "Severity": "Severity.MEDIUM",
    "Confidence": "Confidence.MEDIUM",
    "Mapping[str, str]": "{NAME: ''}",
}
TEST = '''"""TODO: the law that {name} must keep."""

import pytest

from pratique.{dotted} import NAME


def test_it_is_called_what_its_file_is_called() -> None:
    """The unit is found under the name of its file."""
    assert NAME == "{name}"


def test_it_does_its_job() -> None:
    """TODO: say what must hold, and prove it."""
    pytest.fail("write me")
'''


def main(arguments: list[str]) -> int:
    """Write both files; return the exit status."""
    if len(arguments) != 2 or not re.fullmatch(
        r"[a-z][a-z0-9_-]*(/[a-z][a-z0-9_-]*)?", arguments[1]
    ):
        print(f"usage: make new UNIT={'|'.join(families())} NAME=name", file=sys.stderr)
        return 2
    family, name = arguments
    if family not in families():
        print(f"no folder of units is called {family!r}: {', '.join(families())}", file=sys.stderr)
        return 2
    if family == "checks" and "/" not in name:
        name = f"image/{name}"
    dotted = f"{family}.{name.replace('/', '.').replace('-', '_')}"
    path = SOURCE / (dotted.replace(".", "/") + ".py")
    test = ROOT / "tests" / path.relative_to(SOURCE).with_name(f"test_{path.name}")
    if path.exists() or test.exists():
        print(f"{path.relative_to(ROOT)} or its test exists already", file=sys.stderr)
        return 1
    unit = name.rpartition("/")[2]
    written = [(path, skeleton(family, unit))]
    if family != "checks":  # theirs are the samples, which one test runs
        written.append((test, TEST.format(dotted=dotted, name=unit)))
    for file, content in written:
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(content)
        print(f"written: {file.relative_to(ROOT)}")
    # Tidies imports that the skeleton turned out not to need.
    subprocess.run([sys.executable, "-m", "ruff", "check", "-q", "--fix", path], check=False)
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", path], check=False)
    tests = test if family != "checks" else test.with_name("test_samples.py")
    print(f"then: make test TESTS={tests.relative_to(ROOT)} && make docs-generate")
    return 0


def families() -> list[str]:
    """Return the folders that have an interface."""
    return sorted(path.parent.name for path in SOURCE.glob("*/interface.py"))


def skeleton(family: str, name: str) -> str:
    """Return the module of a new unit: what the interface's Protocol asks for, without ``self``."""
    place = SOURCE / family / "interface.py"
    found = _protocol(place)
    if found is None:
        place = SOURCE / "model" / "units.py"
        found = _protocol(place)
    if found is None:
        raise ValueError(f"{family}/interface.py has no Protocol with NAME")
    protocol, tree = found
    lines = [
        '"""',
        "TODO: say in one imperative line what this unit does.",
        "",
        "Source: TODO",
        '"""',
        "",
    ]
    lines += _imports(tree, place)
    if family == "checks":
        lines.append("from pratique.checks.image.interface import Scene")
    lines += [""]
    for node in protocol.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            lines.append(_attribute(node.target.id, ast.unparse(node.annotation), name))
    for node in protocol.body:
        if isinstance(node, ast.FunctionDef):
            lines += ["", "", _function(node)]
    text = "\n".join(lines) + "\n"
    # What a check looks at is the business of its folder; an image's is the usual one.
    return text.replace("scene: Seen", "scene: Scene") if family == "checks" else text


def _protocol(place: Path) -> tuple[ast.ClassDef, ast.Module] | None:
    """Return the Protocol of an interface that has NAME, and its module."""
    tree = ast.parse(place.read_text())
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and any(
            ast.unparse(base).startswith("Protocol") for base in node.bases
        ):
            names = [ast.unparse(one.target) for one in node.body if isinstance(one, ast.AnnAssign)]
            if "NAME" in names:
                return node, tree
    return None


def _imports(tree: ast.Module, place: Path) -> list[str]:
    """Return all that the interface imports and defines; what is not needed is removed later."""
    lines = [ast.unparse(n) for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
    defined = [n.name for n in tree.body if isinstance(n, ast.ClassDef)]
    module = ".".join(place.relative_to(SOURCE.parent).with_suffix("").parts)
    return [*lines, f"from {module} import {', '.join(defined)}"]


def _attribute(attribute: str, kind: str, name: str) -> str:
    if attribute == "NAME":
        return f'NAME = "{name}"'
    default = DEFAULTS.get(kind)
    if default is None:
        default = "frozenset()" if kind.startswith("frozenset") else "()"
    return f"{attribute}: {kind} = {default}  # TODO"


def _function(node: ast.FunctionDef) -> str:
    said = ast.get_docstring(node) or ""
    node.args.args = [one for one in node.args.args if one.arg != "self"]
    node.body = [ast.Pass()]
    head = ast.unparse(node)
    quoted = said if "\n" not in said else f"\n{said}\n"
    body = "\n".join(f"    {line}" if line else "" for line in f'"""{quoted}"""'.splitlines())
    return f"{head.rpartition(chr(10))[0]}\n{body}\n    raise NotImplementedError"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
