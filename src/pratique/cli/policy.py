"""
Show policies in plain words, and run the examples that they carry.

Exit codes of ``test``: 0 every example gets what it expects; 1 one does not; 2 a mistake in a file.
"""

import click

from pratique.formats.text import printable
from pratique.model.verdict import Answer
from pratique.pipelines.load_policy import load_policy


@click.group(short_help="Show policies in plain words, and run their examples.")
def command() -> None:
    """Show policies in plain words, and run the examples that they carry."""


@command.command("show")
@click.argument("policy", required=False, metavar="[PROFILE|FILE]")
def show(policy: str | None) -> int:
    """
    Say in plain words what a policy denies, warns of and lets pass.

    Without one, list the built-in profiles.
    """
    from pratique.policy.describing import describe_policy, describe_profiles

    lines = describe_profiles() if policy is None else describe_policy(load_policy(policy))
    for line in lines:
        click.echo(printable(line))
    return 0


@command.command("test")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
def test(files: tuple[str, ...]) -> int:
    """Check policy FILEs and run their examples; exit 1 when one gets another verdict."""
    held = [_test(name) for name in files]  # all of them, whatever the first says
    return 0 if all(held) else 1


def _test(name: str) -> bool:
    from pratique.policy.examples import try_examples

    policy = load_policy(name)
    tried = list(try_examples(policy))
    for one in tried:
        mark = "FAIL" if one.problem else "ok"
        click.echo(printable(f"{mark:<4}  {one.example.place}: {one.example.name}"))
        if one.problem:
            click.echo(printable(f"      {one.problem}"))
            for reason in one.verdict.reasons:
                if reason.answer is not Answer.ALLOW:
                    click.echo(printable(f"      {reason.answer}  {reason.rule}: {reason.message}"))
    wrong = sum(1 for one in tried if one.problem)
    rules = f"{len(policy.rules)} rules, {len(policy.exceptions)} exceptions"
    click.echo(printable(f"{name}: {rules}, {len(tried)} examples, {wrong} failed"))
    return not wrong
