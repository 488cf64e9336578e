"""
Check, try, show and list rules in Falco's language.

Exit codes: 0 all is well; 1 a sample does not do what its rule says (``test``); 2 a file cannot be
loaded.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from pratique.formats.text import printable
from pratique.model.errors import UsageError

if TYPE_CHECKING:
    from pratique.detections.rules.rule import Rule, RuleSet
    from pratique.detections.rules.trying import Tried

_FILES = click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|DIR]…")
_OUTPUT = click.option(
    "-o", "--output", "form", type=click.Choice(["table", "json"]), default="table"
)


@click.group(short_help="Check, try and show rules in Falco's language.")
def command() -> None:
    """
    Check, try, show and list rules in Falco's language.

    Without FILE the rules are our own, as `pratique watch` runs them.
    """


@command.command("check")
@_FILES
@_OUTPUT
def check(files: tuple[Path, ...], form: str) -> int:
    """
    Load FILEs and name what is worth a look; exit 2 on an error.

    Fields that no event of ours answers are named with the reason: comparisons on them are false.
    Files of sequences are checked too.
    """
    from pratique.pipelines.load_rules import load_sequences
    from pratique.pipelines.try_sequences import told_apart

    of_rules, of_sequences = told_apart(files)
    load_sequences(of_sequences)
    rules = _loaded(of_rules) if of_rules or not files else _none()
    if form == "json":
        _write(
            {
                "rules": len(rules.rules),
                "enabled": len(rules.enabled),
                "notices": msgspec.to_builtins(rules.notices),
                "unavailable": msgspec.to_builtins(rules.unavailable),
            }
        )
        return 0
    for notice in rules.notices:
        click.echo(printable(f"{notice.path}:{notice.line}: {notice.message} [{notice.remark}]"))
    for one in rules.unavailable:
        click.echo(printable(f"{one.rule}: no event answers {one.field}: {one.reason}"))
    remarks = len(rules.notices) + len(rules.unavailable)
    click.echo(f"{len(rules.rules)} rules, {len(rules.enabled)} enabled, {remarks} remarks")
    return 0


@command.command("test")
@_FILES
@_OUTPUT
def test(files: tuple[Path, ...], form: str) -> int:
    """
    Run the samples (`fires`, `silent`) of rules; exit 1 when one does not do as it should.

    Files of sequences are tried too.
    """
    from pratique.detections.rules.trying import try_samples
    from pratique.pipelines.try_sequences import told_apart, try_sequence

    of_rules, of_sequences = told_apart(files)
    sequences = [try_sequence(path) for path in of_sequences]
    rules = _loaded(of_rules) if of_rules or not files else _none()
    tried = list(try_samples(rules))
    wrong = [_failure(one) for one in tried if one.problem]
    wrong += [
        f"{one.place}: {one.name}: sample {words}" for one in sequences for words in one.wrong
    ]
    count = len(tried) + sum(one.samples for one in sequences)
    if form == "json":
        found = {"samples": tried, "sequences": sequences, "failed": len(wrong)}
        _write(msgspec.to_builtins(found))
        return 1 if wrong else 0
    for line in wrong:
        click.echo(printable(line))
    words = [f"{len(rules.rules)} rules"] if rules.rules else []
    words += [f"{len(sequences)} sequences"] if sequences else []
    words += [f"{count} samples", f"{len(wrong)} failed"]
    untried = len(rules.rules) - len({one.rule for one in tried})
    words += [f"{untried} rules without samples"] if untried else []
    click.echo(", ".join(words))
    return 1 if wrong else 0


@command.command("show")
@click.argument("name")
@_FILES
@click.option("--expanded", is_flag=True, help="Put macros and lists in place.")
def show(name: str, files: tuple[Path, ...], expanded: bool) -> int:
    """Say in plain words what the rule NAME asks for, of FILEs or of our own."""
    from pratique.detections.rules.showing import described

    rules = _loaded(files)
    for line in described(_named(rules, name), rules, expanded=expanded):
        click.echo(printable(line))
    return 0


@command.command("list")
@_FILES
@_OUTPUT
def listed(files: tuple[Path, ...], form: str) -> int:
    """List the rules of FILEs, or our own: priority, name, tags."""
    rules = _loaded(files).rules
    if form == "json":
        _write({"rules": [_row(rule) for rule in rules]})
        return 0
    width = max((len(rule.name) for rule in rules), default=0)
    for rule in rules:
        mark = "" if rule.enabled else "  (not enabled)"
        tags = " ".join(rule.tags)
        click.echo(printable(f"{rule.priority.value:<13}  {rule.name:<{width}}  {tags}{mark}"))
    return 0


@command.command("fields")
@click.argument("word", required=False, default="")
def fields(word: str) -> int:
    """List the fields of the language whose name contains WORD, with their kind and meaning."""
    from pratique.detections.rules.fields.registry import all_fields

    for name, field in sorted(all_fields().items()):
        if word in name:
            never = f" (never answered: {field.unavailable})" if field.unavailable else ""
            click.echo(f"{name:<42}  {field.kind:<8}  {field.doc}{never}")
    return 0


def _loaded(files: tuple[Path, ...]) -> "RuleSet":
    from pratique.pipelines.load_rules import load_rules

    return load_rules(files)


def _none() -> "RuleSet":
    from pratique.detections.rules.rule import RuleSet

    return RuleSet(rules=())


def _named(rules: "RuleSet", name: str) -> "Rule":
    found = [rule for rule in rules.rules if rule.name.lower() == name.lower()]
    if not found:
        near = [rule.name for rule in rules.rules if name.lower() in rule.name.lower()]
        hint = "did you mean: " + ", ".join(near[:5]) if near else "see `pratique rules list`"
        raise UsageError(f"no rule {name[:80]!r}", hint=hint)
    return found[0]


def _failure(one: "Tried") -> str:
    kind = "fires" if one.should_fire else "silent"
    return f"{one.path}:{one.line}: {one.rule}: sample of {kind}: {one.problem}"


def _row(rule: "Rule") -> dict[str, object]:
    return {
        "name": rule.name,
        "priority": rule.priority.value,
        "enabled": rule.enabled,
        "tags": list(rule.tags),
        "description": " ".join(rule.desc.split()),
        "path": rule.path,
        "line": rule.line,
    }


def _write(value: dict[str, object]) -> None:
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
