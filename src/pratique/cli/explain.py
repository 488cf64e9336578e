"""Say what an advisory, a rule or a unit means, in words."""

import importlib
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click

from pratique.advisories.database import Database
from pratique.cli.advisory_words import WIDTH, advisory_words
from pratique.cli.explain_checks import check_words
from pratique.cli.listing import KINDS
from pratique.kit import folders, registry
from pratique.model.errors import UsageError
from pratique.model.units import Patterns

RULE_FOLDERS = ("matchers", "tamper", "malware", "checks", "licences")
"""Folders whose modules may declare ``RULES``: name of the rule -> what it means."""


@click.command(short_help="Say what an advisory, rule or unit means.")
@click.argument("name", metavar="ID")
def command(name: str) -> None:
    """
    Say what ID means: an advisory (CVE-2024-3094), a rule (ambiguous-layer, reverse-shell), a kind
    of credential (github-pat), a unit (dpkg), or a
    check or a kind of credential under the name of another tool or benchmark (CIS-DI-0001, DL3002).

    Advisories are looked up in the data that are on this machine; nothing is fetched.
    """
    lines = [
        *_rules(name),
        *_behaviour(name),
        *_watching(name),
        *_policy(name),
        *_aliases(name),
        *_secrets(name),
        *_units(name),
        *_foreign(name),
        *_advisories(name),
    ]
    if not lines:
        raise UsageError(
            f"nothing is known as {name[:80]!r}",
            hint="units: `pratique list`; advisories: `pratique db update` fetches data first",
        )
    click.echo("\n".join(lines))


def rules() -> dict[str, str]:
    """Return every rule of ours (a finding that is no published flaw) and what it means."""
    found: dict[str, str] = {}
    for module in (name for folder in RULE_FOLDERS for name in registry.modules(folder)):
        found |= getattr(importlib.import_module(module), "RULES", {})
    return found


def _rules(name: str) -> Iterator[str]:
    words = rules().get(name)
    if words is not None:
        yield from (f"{name} (rule)", "", *_wrapped(words), "")


def _behaviour(name: str) -> Iterator[str]:
    """Yield what a rule of drift or of baselines, a sequence or a kind of profile is."""
    from pratique.cli.explain_behaviour import behaviour_words  # reads sequences: only when asked

    for paragraph in behaviour_words(name):
        yield from (*_wrapped(paragraph), "")


def _watching(name: str) -> Iterator[str]:
    """Yield what a rule that `watch` judges events by asks for."""
    from pratique.cli.explain_rules import rule_words  # reads every rule: only when asked

    lines = list(rule_words(name))
    yield from [*lines, ""] if lines else []


def _policy(name: str) -> Iterator[str]:
    """Yield what a rule or doubt of policies is about, and what each profile makes of it."""
    from pratique.policy.describing import describe_rule  # loads every rule: only when asked

    for line in describe_rule(name):
        yield from _wrapped(line) or [""]


def _aliases(name: str) -> Iterator[str]:
    """Yield the words of every check that others call so, and the facts on one of this name."""
    for unit in registry.load("checks").values():
        called = name.upper() in map(str.upper, unit.ALIASES)
        if called:
            yield from _rules(unit.NAME)
        if called or name == unit.NAME:
            if unit.ALIASES:
                yield from (*_wrapped("Also called " + ", ".join(unit.ALIASES) + "."), "")
            yield from check_words(unit)


def _secrets(name: str) -> Iterator[str]:
    """Yield the words of every kind of credential that we, or gitleaks, call so."""
    from pratique.secrets.words import kinds_called, words_of  # hundreds of kinds: only when asked

    for kind in kinds_called(name):
        yield from (f"{kind.id} (credential)", "")
        for paragraph in words_of(kind):
            yield from (*_wrapped(paragraph), "")


def _units(name: str) -> Iterator[str]:
    for kind in KINDS:
        for unit in registry.load(kind).values():
            if name == unit.NAME:
                yield from _documented(kind, name, unit)


def _foreign(name: str) -> Iterator[str]:
    """Yield what the tool is whose rule a finding names (``bandit:B608``)."""
    tool, colon, rule = name.partition(":")
    unit = registry.load("assessors").get(tool) if colon and rule else None
    if unit is not None:
        others = f"{rule} is a rule of {tool}; the finding links to what {tool} says of it."
        words = _of_our_pack(rule) if tool == "semgrep" else others
        yield from (f"{name} (rule of {tool})", "", *_wrapped(words), "")
        yield from _documented("assessors", tool, unit)


def _of_our_pack(name: str) -> str:
    """Return what our own rule for semgrep says, with a line it means and one that is sound."""
    import yaml  # only for such a rule

    place = Path(importlib.import_module("pratique.assessors").__file__ or "").parent
    for rule in yaml.safe_load((place / "semgrep_rules.yaml").read_bytes())["rules"]:
        if rule["id"] == name:
            about = rule["metadata"]
            weak = ", ".join(about["cwe"])
            words = f"{rule['message'][:1].upper()}{rule['message'][1:]} ({weak})."
            return f"{words} It means: {about['fires']} and not: {about['silent']}"
    return f"{name} is no rule of ours for semgrep."


def _documented(kind: str, name: str, unit: ModuleType) -> Iterator[str]:
    yield f"{name} ({kind})"
    yield ""
    text = textwrap.dedent(unit.__doc__ or "").strip().replace("``", "")
    for paragraph in text.split("\n\n"):
        lines = paragraph.splitlines()
        # What is indented is laid out by hand: lists, examples.
        by_hand = any(line.startswith((" ", ">>>")) for line in lines)
        yield from lines if by_hand else _wrapped(" ".join(lines))
        yield ""
    if held := getattr(unit, "KINDS", ()):
        yield from (*_wrapped("Kinds: " + ", ".join(each.id for each in held) + "."), "")
    if install := getattr(unit, "INSTALL", ""):
        yield from (f"Install it: {install}", "")
    patterns = getattr(unit, "PATTERNS", None)
    if isinstance(patterns, Patterns) and asked_for(patterns):
        yield from _wrapped("Files: " + ", ".join(asked_for(patterns)))
        yield ""


def asked_for(patterns: Patterns) -> list[str]:
    """
    Return what a unit asks for as globs, and the first bytes it knows a file by.

    >>> asked_for(Patterns(suffixes=(".jar",), endings=(("info", ".list"),), magics=(b"MZ",)))
    ['*.jar', 'info/*.list', "content that starts with b'MZ'"]
    """
    return [
        *patterns.names,
        *patterns.paths,
        *(f"*{suffix}" for suffix in patterns.suffixes),
        *patterns.globs,
        *(f"{folder}/*" for folder in patterns.folders),
        *(f"{tree}/**" for tree in patterns.trees),
        *(f"{folder}/*{ending}" for folder, ending in patterns.endings),
        *(f"content that starts with {magic!r}" for magic in patterns.magics),
    ]


def _wrapped(text: str) -> list[str]:
    """Return lines broken at spaces only: paths and addresses stay whole."""
    return textwrap.wrap(text, WIDTH, break_on_hyphens=False, break_long_words=False)


def _advisories(name: str) -> Iterator[str]:
    folder = folders.cache_folder() / "advisories"
    if not folder.is_dir():
        return
    with Database(folder) as database:
        yield from advisory_words(database, name)
