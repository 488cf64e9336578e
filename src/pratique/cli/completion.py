"""Print the completion script for a shell; click generates it from the commands."""

import click
from click.shell_completion import get_completion_class

from pratique.model.errors import UsageError


@click.command(short_help="Print the completion script for a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    r"""
    Print the completion script for SHELL.

    \b
    bash:  pratique completion bash > ~/.local/share/bash-completion/completions/pratique
    zsh:   pratique completion zsh > "${fpath[1]}/_pratique"
    fish:  pratique completion fish > ~/.config/fish/completions/pratique.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"no completion for {shell}")
    click.echo(kind(ctx.find_root().command, {}, "pratique", "_PRATIQUE_COMPLETE").source())
