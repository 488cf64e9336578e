"""Map command names to their modules, which are imported only when they are called."""

import importlib

import click

COMMANDS = {
    "scan": "Say what is in a target and which published flaws it carries.",
    "gate": "Decide by a policy whether a target may pass, and say why.",
    "watch": "Watch what containers and their node do, tell attacks, answer them.",
    "rescan": "Judge every stored image again and tell what changed.",
    "sbom": "List what is in a target as CycloneDX or SPDX.",
    "assess": "Test an application whole: packages, source, and what it does when run.",
    "lint": "Check Dockerfiles and manifests, and mend them.",
    "fix": "Say how to mend an image, as a patch.",
    "diff": "Say what changed between two images, and why.",
    "db": "Fetch, build, show and carry advisory data.",
    "cache": "Show or clear what is kept between runs.",
    "policy": "Show policies in plain words, and run their examples.",
    "rules": "Check, try and show rules in Falco's language.",
    "baseline": "Learn what workloads do, and write the least rights they need.",
    "respond": "Check and take measures against what a container does.",
    "explain": "Say what an advisory, rule or unit means.",
    "list": "List the units of a kind: sources, extractors, advisories, reports…",
    "doctor": "Check this machine, the folders, the data and the feeds.",
    "ci": "Write pipelines that call pratique, and check that they are current.",
    "lsp": "Serve an editor: findings, explanations, fixes.",
    "mcp": "Serve an assistant: scan, gate, lint, explain and fix as read-only tools.",
    "completion": "Print the completion script for a shell.",
}
"""Every command and its line in the overview; the module is ``pratique.cli.<command>``."""


class LazyGroup(click.Group):
    """Import a command's module only when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the overview."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pratique.cli.{_module(cmd_name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the overview without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _module(command: str) -> str:
    # `list` would shadow the builtin inside its own module's importers.
    return {"list": "listing"}.get(command, command)
