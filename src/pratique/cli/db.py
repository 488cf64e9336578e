"""
Fetch, build, show and carry advisory data.

Exit codes: 0 done; 2 a publisher could not be reached, a shard could not be written, or an option
cannot be honoured. What is in place stays usable in every case.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import click
import msgspec

from pratique.advisories.shards import schema as shard_schema
from pratique.cli import db_tables
from pratique.cli.options import option, wants_progress
from pratique.cli.progress import Progress
from pratique.formats.feeds.osv import base_of
from pratique.formats.text import printable
from pratique.kit import clock, folders
from pratique.model.errors import FeedError, PratiqueError, UsageError
from pratique.pipelines import carry_db, db_status
from pratique.pipelines.db_settings import DbSettings, Outcome, Refreshed
from pratique.pipelines.update_db import available, update

EXIT_PROBLEM = 2
_BAD = frozenset({Outcome.KEPT, Outcome.FAILED})


@click.group(short_help="Fetch, build, show and carry advisory data.")
def command() -> None:
    """
    Fetch, build, show and carry advisory data.

    A scan fetches what it needs by itself; these commands are for preparing data, for machines
    without a network, and for looking at what is there.
    """


@command.command("update")
@click.argument("shards", nargs=-1, metavar="[SHARD]…")
@option("--source", metavar="URL|DIR", help="Take the data from this mirror.")
@option("--all", "everything", is_flag=True, help="Every shard the publishers have.")
@option("--scores", is_flag=True, help="Also CVE scores (NVD, CVE list): hundreds of megabytes.")
@option("--timeout", type=float, default=30.0, metavar="SECONDS", help="Per connection.")
@option("--ca-file", type=Path, metavar="FILE", help="Trust this CA as well (PEM).")
@option("--quiet", "-q", is_flag=True, help="No progress.")
def update_command(
    shards: tuple[str, ...], everything: bool, scores: bool, quiet: bool, **reach: object
) -> int:
    """
    Update the shards on this machine, or those named (Debian, PyPI, kev…).

    A shard holds one base ecosystem; a release (Debian:12) stands for its base.
    """
    with Progress(watched=wants_progress(quiet)) as progress:
        settings = _settings(_place(), progress, reach)
        names = {base_of(name) for name in shards}
        if everything:
            names.update(name for name in available(settings) if name != shard_schema.CVE_SCORES)
        if scores:
            names.add(shard_schema.CVE_SCORES)
        if not names:
            names.update(shard_schema.shards_in(settings.folder))
        if not names:
            raise UsageError(
                "there are no shards to update yet",
                hint="name some (`pratique db update Debian kev`), or use --all",
            )
        results = _run(names, settings)
    return _told(results, wanted=frozenset(base_of(name) for name in shards))


@command.command("build")
@click.argument("shards", nargs=-1, metavar="[SHARD]…")
@option("--source", required=True, metavar="URL|DIR", help="The mirror to build from.")
@click.option(
    "--output", type=Path, metavar="FOLDER", help="Where to [default: this machine's shards]."
)
@option("--quiet", "-q", is_flag=True, help="No progress.")
def build_command(shards: tuple[str, ...], source: str, output: Path | None, quiet: bool) -> int:
    """Build every shard a mirror has data for, or those named, CVE scores included."""
    with Progress(watched=wants_progress(quiet)) as progress:
        settings = _settings(output or _place(), progress, {"source": source})
        names = {base_of(name) for name in shards} or set(available(settings))
        results = _run(names, settings)
    if all(result.outcome is Outcome.NO_DATA for result in results):
        raise FeedError(
            f"{source} has no data for any feed",
            hint="it must have one directory per feed, see docs/how-to/mirror-advisories.md",
        )
    return _told(results, wanted=frozenset(base_of(name) for name in shards))


@command.command("status")
@click.option("-o", "--output", "form", type=click.Choice(["table", "json"]), default="table")
def status_command(form: str) -> int:
    """Show which data are on this machine, whose they are, and how old."""
    statuses = db_status.describe(_place(), clock.now())
    if form == "json":
        text = msgspec.json.format(msgspec.json.encode({"shards": statuses}), indent=2)
        click.echo(text.decode())
    elif statuses:
        click.echo("\n".join(db_tables.statuses(statuses)))
    else:
        click.echo("no advisory data on this machine; a scan fetches what it needs")
    return 0


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("shards", nargs=-1, metavar="[SHARD]…")
def export_command(file: Path, shards: tuple[str, ...]) -> int:
    """Write all shards, or those named, into FILE (a .tar.zst bundle) for another machine."""
    carried = carry_db.export_bundle(
        _place(), file, clock.now(), tuple(base_of(name) for name in shards)
    )
    click.echo(f"{len(carried)} shards written to {printable(str(file))}")
    return 0


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_command(file: Path) -> int:
    """Verify the bundle FILE and put its shards in place."""
    carried = carry_db.import_bundle(file, _place())
    for shard in carried:
        click.echo(f"{printable(shard.shard)}  built {shard.built}")
    return 0


def _run(names: Iterable[str], settings: DbSettings) -> list[Refreshed]:
    results: list[Refreshed] = []
    try:
        results.extend(update(sorted(names), settings))
    except PratiqueError:
        # What was done before the failure stays done, so it is told.
        click.echo("\n".join(db_tables.results(results)))
        raise
    return results


def _told(results: list[Refreshed], wanted: frozenset[str]) -> int:
    """Print what became of the shards and return the exit code."""
    click.echo("\n".join(db_tables.results(results)))
    missing = [r for r in results if r.outcome is Outcome.NO_DATA and r.shard in wanted]
    failed = [r for r in results if r.problems or r.outcome in _BAD]
    return EXIT_PROBLEM if failed or missing else 0


def _settings(folder: Path, progress: Progress, reach: dict[str, object]) -> DbSettings:
    step = progress.step
    return msgspec.structs.replace(
        DbSettings(folder=folder, now=clock.now(), progress=_counting(step) if step else None),
        **{_FIELDS.get(name, name): value for name, value in reach.items()},
    )


_FIELDS = {"timeout": "timeout_s"}


def _counting(step: Callable[[str], None]) -> Callable[[str, int], None]:
    def tell(what: str, count: int) -> None:
        step(f"{what} {count:,}" if count else what)

    return tell


def _place() -> Path:
    return folders.cache_folder(os.environ) / "advisories"
