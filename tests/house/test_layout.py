"""The house keeps its shape: small files, short functions, names that say what is inside."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, python_files, text

MOST_LINES = 400
MOST_FUNCTION_LINES = 50
MOST_PARAMETERS = 6
VAGUE = re.compile(
    r"(^|_)(utils?|helpers?|common|(?<!package_)managers?|base(?!_image)|misc|stuff)(_|$)"
)
"""A package manager and a base image are words of the field."""
DATA = ("tests/makers/data", "src/pratique/data")
"""Folders of data tables: their files may be long."""

CODE = ("src", "tests", "tools", "examples", "bench", "fuzz")
WITHOUT_OWN_TEST = {
    "src/pratique/model/advisory.py": "values without behaviour",
    "src/pratique/model/content.py": "a protocol without behaviour",
    "src/pratique/model/distro.py": "values without behaviour",
    "src/pratique/model/edit.py": "values without behaviour",
    "src/pratique/model/fault.py": "values without behaviour",
    "src/pratique/model/finding.py": "values without behaviour",
    "src/pratique/model/image_index.py": "protocols without behaviour",
    "src/pratique/model/layer.py": "values without behaviour",
    "src/pratique/model/report.py": "values without behaviour",
    "src/pratique/model/spot.py": "values without behaviour",
    "src/pratique/model/stored.py": "values without behaviour",
    "src/pratique/model/vex.py": "values without behaviour",
    "src/pratique/model/units.py": "protocols and values without behaviour",
    "src/pratique/pipelines/unit_index.py": "generated; tests/house/test_docs.py holds it current",
    "src/pratique/pipelines/material.py": "values without behaviour",
    "src/pratique/__main__.py": "tests/house/test_imports.py runs it as a process",
    "src/pratique/sensors/without_ebpf/_connector.py": "the kernel's side: test_proc_fanotify.py, test_deeds.py",
    "src/pratique/sensors/without_ebpf/_files.py": "the kernel's side: test_proc_fanotify.py, test_deeds.py",
    "src/pratique/sensors/without_ebpf/_marks.py": "the kernel's side: test_proc_fanotify.py, test_deeds.py",
    "src/pratique/sensors/without_ebpf/_names.py": "the kernel's side: test_proc_fanotify.py, test_deeds.py",
    "src/pratique/sensors/without_ebpf/_places.py": "the kernel's side: test_proc_fanotify.py, test_deeds.py",
    "src/pratique/sensors/without_ebpf/_proc.py": "files alone: test_tasks.py, test_views.py",
    "src/pratique/sensors/without_ebpf/_watching.py": "the sensor itself: test_proc_fanotify.py, test_deeds.py",
}
"""Modules that another place proves; everything else has ``tests/<path>/test_<name>.py``."""

PROVED_TOGETHER = {
    "src/pratique/assessors": "each holds FIRES and SILENT, which one test runs: test_samples.py",
    "src/pratique/formats/ci": "each writes a file that is read and judged: test_providers.py",
    "src/pratique/checks/image": "each holds FIRES and SILENT, which one test runs: test_samples.py",
    "src/pratique/checks/compose": "each holds BAD and GOOD, which one test runs: test_samples.py",
    "src/pratique/checks/dockerfile": "each holds BAD and GOOD, which one test runs: test_samples.py",
    "src/pratique/checks/kubernetes": "each holds BAD and GOOD, which one test runs: test_samples.py",
    "src/pratique/extractors/programs": "each holds SAMPLES, which one test runs: test_program.py",
    "src/pratique/malware/rules": "each holds samples, which one test runs: malware/test_samples.py",
    "src/pratique/secrets/kinds": "each holds KINDS, whose samples tests/secrets/test_kinds.py runs",
}
"""Folders of declarative units that one test proves, with what it is called."""


def test_files_are_short() -> None:
    """No file is longer than anybody reads in one go."""
    long = {
        str(path): lines
        for path in python_files(*CODE)
        if not str(path).startswith(DATA) and (lines := len(text(path).splitlines())) > MOST_LINES
    }

    assert long == {}


def test_functions_are_short() -> None:
    """No function is longer than a screen; its docstring and a class inside do not count."""
    long = {
        f"{path}:{function.lineno} {function.name}": lines
        for path in python_files(*CODE)
        for function in _functions(path)
        if (lines := _length(function)) > MOST_FUNCTION_LINES
    }

    assert long == {}


def test_functions_take_few_parameters() -> None:
    """More than six parameters are a value that has no name yet. Fixtures of tests do not count."""
    many = {
        f"{path}:{function.lineno} {function.name}": count
        for path in python_files("src", "tools", "examples")
        for function in _functions(path)
        if (count := _parameters(function)) > MOST_PARAMETERS
    }

    assert many == {}


def test_names_say_what_is_inside() -> None:
    """No module is a drawer for odds and ends."""
    vague = [str(path) for path in python_files(*CODE) if any(map(VAGUE.search, _words(path)))]

    assert vague == []


def test_every_folder_of_code_is_a_package() -> None:
    """Every folder with Python files has an ``__init__.py``, so imports mean one thing."""
    folders = {path.parent for path in python_files(*CODE)}

    assert [
        str(folder)
        for folder in sorted(folders)
        if folder.name != "src" and not (ROOT / folder / "__init__.py").is_file()
    ] == []


def test_every_module_has_its_test_file() -> None:
    """``src/pratique/a/b.py`` is proven by ``tests/a/test_b.py``; exceptions give their reason."""
    missing = [
        str(path)
        for path in python_files("src")
        if _has_behaviour(path)
        and str(path) not in WITHOUT_OWN_TEST
        and not (str(path.parent) in PROVED_TOGETHER and not path.name.startswith("_"))
        and not (ROOT / _test_of(path)).is_file()
    ]

    assert missing == []


def test_exceptions_are_still_needed() -> None:
    """A listed exception names a file that exists and still has no test of its own."""
    stale = [
        path
        for path in WITHOUT_OWN_TEST
        if not (ROOT / path).is_file() or (ROOT / _test_of(Path(path))).is_file()
    ]

    assert stale == []


@pytest.mark.parametrize("folder", ["src", "tools", "examples"])
def test_every_module_says_what_it_is_for(folder: str) -> None:
    """Every module opens with a docstring, also the empty ones of packages."""
    silent = [
        str(path) for path in python_files(folder) if not ast.get_docstring(ast.parse(text(path)))
    ]

    assert silent == []


def _test_of(path: Path) -> Path:
    inside = path.relative_to("src/pratique")
    return Path("tests") / inside.parent / f"test_{inside.name.lstrip('_')}"


def _has_behaviour(path: Path) -> bool:
    return path.name not in ("__init__.py", "interface.py")


def _words(path: Path) -> list[str]:
    return [part.removesuffix(".py") for part in path.parts]


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = _lines(function)
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= _lines(first)
    # The methods of a class made inside are measured on their own.
    return lines - sum(_lines(node) for node in function.body if isinstance(node, ast.ClassDef))


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return len([one for one in named if one.arg not in ("self", "cls")])
