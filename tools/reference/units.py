"""
Make the pages of every unit family: one index per folder, one page per unit.

Everything comes from the code: the interface's docstring, its Protocol's attributes, the unit's
docstring and what it says in those attributes.
"""

import enum
import importlib
from types import ModuleType

from pratique.kit import registry
from pratique.malware.interface import Rule
from pratique.model import units as model_units
from pratique.secrets.interface import SecretKind
from tools.reference.markdown import FAMILIES, first_line, note, prose, table

_ASIDE = ("PATTERNS", "RULES", "FAMILY", "KINDS", "FIRES", "SILENT")
"""Attributes with a table or page of their own, and samples, which are for the tests."""

_DETAILS = ("PROGRAMS", "NEEDS_DOCUMENT", "OPTIONAL", "SECONDS", "EXITS", "ENVIRON")
"""What only the page of an assessor says, not the list of all."""


def pages() -> dict[str, str]:
    """Return the pages of all families."""
    made = {"docs/reference/index.md": _contents()}
    for family in FAMILIES:
        interface = importlib.import_module(f"pratique.{family}.interface")
        found = registry.load(family)
        made[f"docs/reference/{family}/index.md"] = _index(family, interface, found)
        for name, module in found.items():
            made[f"docs/reference/{family}/{page_name(name)}.md"] = _unit(family, name, module)
    return made


def page_name(unit: str) -> str:
    """
    Return the file name, without ending, of a unit's page.

    >>> page_name("os/dpkg")
    'os-dpkg'
    """
    return unit.replace("/", "-")


def attributes(family: str) -> dict[str, str]:
    """Return what every unit of a family says of itself: attribute -> its type, as written."""
    interface = importlib.import_module(f"pratique.{family}.interface")
    kind = protocol(interface) or model_units.ImageUnit
    return {name: str(said) for name, said in kind.__annotations__.items()}


def protocol(interface: ModuleType) -> type | None:
    """Return the Protocol of an interface module that units implement: the one with NAME."""
    for value in vars(interface).values():
        is_protocol = isinstance(value, type) and getattr(value, "_is_protocol", False)
        own = getattr(value, "__module__", "") == interface.__name__
        if is_protocol and own and "NAME" in value.__annotations__:
            found: type = value
            return found
    return None


def _contents() -> str:
    lines = [note("the folders of src/pratique"), "# Reference\n\n"]
    lines.append("Made from the code, so it is never behind it.\n\n")
    for family in FAMILIES:
        package = importlib.import_module(f"pratique.{family}")
        lines.append(f"- [{family.capitalize()}]({family}/index.md): ")
        lines.append(f"{first_line(package.__doc__)}\n")
    others = (
        ("Commands", "commands/index.md", "every command, option and argument."),
        ("Environment", "environment.md", "the variables that are read."),
        ("Supported formats", "formats.md", "which files are read for packages, by language."),
        ("Rules", "rules.md", "findings that are no published flaw."),
        (
            "Rules of the watch",
            "watch-rules.md",
            "what is told of running containers, by technique.",
        ),
        ("Language of rules", "rules-language.md", "what rules of `watch` can ask of an event."),
        ("Exit codes", "exit-codes.md", "what a script may rely on."),
        ("Errors", "errors.md", "who must act, and what to do."),
        ("Limits", "limits.md", "the bounds set on hostile input."),
        ("JSON report", "report-json.md", "the fields of `-o json`, and the schema."),
        ("JSON alert", "alert-json.md", "the fields of an alert and an incident, and the schema."),
        ("Metrics", "metrics.md", "the numbers that a watch serves."),
    )
    lines += [f"- [{title}]({path}): {text}\n" for title, path, text in others]
    return "".join(lines)


def _index(family: str, interface: ModuleType, found: dict[str, ModuleType]) -> str:
    left = ("NAME", "ATTRIBUTION", *_ASIDE, *_DETAILS)
    facts = [name for name in attributes(family) if name not in left]
    head = ["Unit", "What it does", *(_heading(name) for name in facts)]
    rows: dict[str, list[list[str]]] = {}
    for name, module in sorted(found.items()):
        link = f"[`{name}`]({page_name(name)}.md)"
        row = [link, first_line(module.__doc__), *(_said(module, fact) for fact in facts)]
        rows.setdefault(".".join(module.__name__.split(".")[:-1]), []).append(row)
    listing = "\n".join(_folder(family, *folder, head) for folder in sorted(rows.items()))
    source = f"src/pratique/{family}/"
    return (
        note(source)
        + f"# {family.capitalize()}\n\n{listing}\n"
        + f"## The interface\n\n{prose(interface.__doc__)}\n"
        + f"The same list: `pratique list {family}`.\n"
    )


def _folder(family: str, package: str, rows: list[list[str]], head: list[str]) -> str:
    """Return the table of the units of one folder, below what the folder is for."""
    inside = package != f"pratique.{family}"
    about = first_line(importlib.import_module(package).__doc__) if inside else ""
    return (f"## {about}\n\n" if about else "") + table(head, rows)


def _unit(family: str, name: str, module: ModuleType) -> str:
    rows = [
        [_heading(fact), _said(module, fact)] for fact in attributes(family) if fact not in _ASIDE
    ]
    path = "src/" + module.__name__.replace(".", "/") + ".py"
    text = note(path) + f"# `{name}`\n\n{prose(module.__doc__)}\n" + table(["Fact", "Value"], rows)
    patterns = getattr(module, "PATTERNS", None)
    if isinstance(patterns, model_units.Patterns) and patterns != model_units.Patterns():
        text += "\n## Files it asks for\n\n" + _patterns(patterns)
    if members := getattr(module, "FAMILY", ()):
        text += "\n## Rules\n\n" + _rules(members)
    if kinds := getattr(module, "KINDS", ()):
        text += "\n## Kinds\n\n" + _kinds(kinds)
    return text + f"\nSource: `{path}`\n"


def _rules(family: tuple[Rule, ...]) -> str:
    """Return the rules of a family of malware: what `pratique explain` says of each, in short."""
    rows = [
        [f"[`{rule.id}`](../rules.md#{rule.id})", rule.title, rule.severity, rule.confidence]
        for rule in family
    ]
    return table(["Rule", "Finds", "Severity", "Confidence"], rows)


def _kinds(kinds: tuple[SecretKind, ...]) -> str:
    """Return the kinds of credentials of a family, and where each is revoked."""
    rows = [
        [f"`{kind.id}`", kind.title, kind.severity, kind.confidence, kind.rotate] for kind in kinds
    ]
    return table(["Kind", "Finds", "Severity", "Confidence", "To do"], rows)


def _patterns(patterns: model_units.Patterns) -> str:
    rows = []
    for field in patterns.__struct_fields__:
        value = getattr(patterns, field)
        if value:
            rows.append([_heading(field), _value(value)])
    return table(["Pattern", "Value"], rows)


def _said(module: ModuleType, fact: str) -> str:
    return _value(getattr(module, fact, ""))


def _heading(constant: str) -> str:
    return constant.replace("_", " ").capitalize()


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, enum.Enum):
        return f"`{value.value}`"
    if isinstance(value, dict):
        return ", ".join(f"`{name}={said}`" for name, said in value.items())
    if isinstance(value, tuple | frozenset | set | list):
        pairs = any(isinstance(part, tuple) for part in value)
        parts = [" … ".join(map(_value, part)) if pairs else _value(part) for part in value]
        return ", ".join(sorted(parts) if isinstance(value, frozenset | set) else parts)
    if isinstance(value, int):
        return f"{value}"
    text = str(value)
    return f"`{text}`" if text and " " not in text else first_line(text)
