"""Write pipelines that call pratique, and show its report where a pull request is reviewed."""

import os
import sys
from pathlib import Path

import click

from pratique.cli import outputs
from pratique.cli.options import option
from pratique.formats.edits import unified_diff
from pratique.formats.text import printable
from pratique.model.errors import StorageError, UsageError
from pratique.model.severity import Severity
from pratique.pipelines.own_origin import own_origin
from pratique.pipelines.write_ci import RUNNER, Choices, Draft, State, draft

PROVIDERS = (
    "github",
    "gitlab",
    "jenkins",
    "azure",
    "bitbucket",
    "circleci",
    "tekton",
    "pre-commit",
)


@click.group(short_help="Write pipelines that call pratique, and check that they are current.")
def command() -> None:
    """Write pipelines that call pratique, and show its report in a pull request."""


@command.command("init")
@click.argument("provider", type=click.Choice(PROVIDERS), metavar="PROVIDER")
@click.argument(
    "folder", type=click.Path(path_type=Path), default=Path(), metavar="[FOLDER]", required=False
)
@option(
    "--from",
    "origin",
    metavar="ADDRESS@COMMIT|installed",
    help="Where jobs get pratique from [default: where this one came from].",
)
@option("--policy", metavar="PROFILE|FILE", help="How images are decided on [default: baseline].")
@option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity if s is not Severity.UNKNOWN]),
    help="Findings in files that fail the job [default: high].",
)
@option("--runner", metavar="IMAGE", help=f"Image that jobs run in [default: {RUNNER}].")
@option("--check", is_flag=True, help="Write nothing; exit 1 when the file is absent or stale.")
@option("--print", "show", is_flag=True, help="Write the file to standard output.")
@option("--force", is_flag=True, help="Replace a file that is not ours, or was changed.")
def init(provider: str, folder: Path, check: bool, show: bool, force: bool, **asked: str) -> int:
    """
    Write the pipeline of PROVIDER for the repository in FOLDER.

    Dockerfiles, Compose files, charts and manifests are looked for: files are linted, each image
    that is built is gated. PROVIDER: github, gitlab, jenkins, azure, bitbucket, circleci,
    tekton or pre-commit. A file that we did not write is not overwritten.
    """
    made = draft(folder, provider, Choices(**asked), own_origin())
    for line in made.found.left_out:
        _say(f"no job for {line}")
    if show:
        outputs.write_stdout(made.content.encode("utf-8", "surrogateescape"))
        return 0
    return _check(made) if check else _write(made, force=force)


@command.command("comment")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@option("--name", default="pratique", metavar="NAME", help="Which of our comments it replaces.")
def comment(file: Path, name: str) -> int:
    """
    Put a Markdown report into the pull request that a GitHub workflow runs for.

    Our comment of that NAME is replaced, so there is one, kept current. Reads GITHUB_TOKEN
    and what GitHub sets (GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_EVENT_PATH); outside a
    pull request nothing is done.
    """
    from pratique.pipelines.comment_pull import comment_pull  # the network: only here

    try:
        text = file.read_text("utf-8", "replace")
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from None
    done = comment_pull(text, name, os.environ)
    _say(done or "no pull request: no comment")
    return 0


def _check(made: Draft) -> int:
    if made.state is State.CURRENT:
        click.echo(printable(f"{made.place}: current"))
        return 0
    click.echo(printable(f"{made.place}: {made.state}"))
    if made.before is not None:
        before = made.before.encode("utf-8", "surrogateescape")
        patch = unified_diff(made.provider.PLACE, before, made.content.encode())
        sys.stdout.write(patch.decode("utf-8", "replace"))
    return 1


def _write(made: Draft, *, force: bool) -> int:
    if made.state is State.CURRENT:
        click.echo(printable(f"{made.place}: current"))
        return 0
    if made.state in (State.EDITED, State.FOREIGN) and not force:
        whose = "changed since we wrote it" if made.state is State.EDITED else "not written by us"
        raise UsageError(
            f"{made.place} was {whose}"
            if made.state is State.EDITED
            else f"{made.place} is {whose}",
            hint="--check shows the difference, --print what would be written, --force replaces it",
        )
    try:
        made.place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"cannot make {made.place.parent}: {error.strerror}") from None
    outputs.replace_file(made.place, made.content.encode("utf-8", "surrogateescape"))
    click.echo(printable(f"{made.place}: written"))
    if made.provider.NEXT:
        click.echo(f"next: {made.provider.NEXT}")
    return 0


def _say(text: str) -> None:
    click.echo(f"pratique: note: {printable(text)}", err=True)
