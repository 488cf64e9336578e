"""
Judge every stored image again with the advisory data of now, and tell what changed.

Exit codes: 0 done; 1 something new is as severe as ``--fail-on``; 2 the store or the data cannot be
read; 3 data for a stored image are missing, so nothing new was looked for there.
"""

from collections.abc import Collection, Iterable, Sequence

import click
import msgspec

from pratique.cli.options import option, wants_progress
from pratique.cli.progress import Progress
from pratique.formats.text import printable
from pratique.formats.versions.order import base_name
from pratique.kit import clock, folders
from pratique.kit.store import Store
from pratique.model.severity import Severity
from pratique.model.stored import Judged
from pratique.model.unknown import Unknown
from pratique.pipelines.rescan_stored import Change, Rescan, rescan_stored
from pratique.pipelines.update_db import DbSettings, ensure

_SHOWN = 20
_MET, _INCOMPLETE = 1, 3


@click.command(short_help="Judge every stored image again and tell what changed.")
@click.argument("shards", nargs=-1, metavar="[SHARD]…")
@click.option(
    "-o",
    "--output",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    help="How to tell.",
)
@option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity if s is not Severity.UNKNOWN]),
    help="Exit 1 when something new is this severe or worse.",
)
@option("--offline", is_flag=True, help="Fetch no advisory data; use what is here.")
@option("--source", metavar="URL|DIR", help="Take advisory data from this mirror.")
@option(
    "--max-age",
    type=click.FloatRange(min=0),
    default=24.0,
    metavar="HOURS",
    help="Refresh advisory data older than this.",
)
@option("--quiet", "-q", is_flag=True, help="No progress.")
def command(
    shards: tuple[str, ...], form: str, fail_on: str | None, quiet: bool, **reach: object
) -> int:
    """
    Judge every stored image again with the advisory data of now, and tell what changed.

    Images are stored by `pratique scan --store`. No image is read again: what it holds is known,
    and each different package is judged once however many images hold it. SHARD (Debian, PyPI…)
    limits this to packages that need that shard.
    """
    store = Store(folders.data_folder())
    wanted = _wanted(store.bases(), shards)
    with Progress(watched=wants_progress(quiet)) as progress:
        if progress.step:
            progress.step("judging stored images")
        lookup, missing = ensure(wanted, _settings(reach))
        try:
            outcome = rescan_stored(store, lookup, wanted if shards else None)
        finally:
            lookup.close()
            store.close()
    click.echo(_as_json(outcome, missing) if form == "json" else _as_text(outcome))
    lost = [unknown for unknown in missing if base_name(unknown.location) in wanted]
    for unknown in lost:
        click.echo(f"not looked at: {printable(unknown.location)}: {unknown.reason}", err=True)
    if fail_on and _is_met(outcome, Severity(fail_on)):
        return _MET
    return _INCOMPLETE if lost else 0


def _wanted(known: Collection[str], shards: Sequence[str]) -> set[str]:
    """Return the shards to ask; one that no stored image needs may be a slip of the pen: say so."""
    if not shards:
        return set(known)
    by_name = {name.casefold(): name for name in known}
    for name in shards:
        if name.casefold() not in by_name:
            needed = ", ".join(sorted(known)) or "nothing"
            click.echo(
                f"note: no stored image needs {printable(name)}: needed are {needed}", err=True
            )
    return {by_name[name.casefold()] for name in shards if name.casefold() in by_name}


def _settings(reach: dict[str, object]) -> DbSettings:
    source, age = reach["source"], reach["max_age"]
    return DbSettings(
        folder=folders.cache_folder() / "advisories",
        source=source if isinstance(source, str) else None,
        offline=bool(reach["offline"]),
        max_age_s=(age if isinstance(age, float) else 0.0) * 3600,
        now=clock.now(),
    )


def _is_met(outcome: Rescan, threshold: Severity) -> bool:
    new = (flaw for change in outcome.changes for flaw in change.new if not flaw.suppressed)
    return any(Severity(flaw.severity).rank >= threshold.rank for flaw in new)


def _as_json(outcome: Rescan, missing: Iterable[Unknown]) -> str:
    document = {"schema": "pratique.rescan/1", "outcome": outcome, "unknowns": tuple(missing)}
    return msgspec.json.format(msgspec.json.encode(document)).decode()


def _as_text(outcome: Rescan) -> str:
    images = f"{outcome.holders} stored image{'s' if outcome.holders != 1 else ''}"
    lines = [
        f"{images}, {outcome.pieces} different packages judged again: "
        f"{len(outcome.changes)} changed"
    ]
    for change in outcome.changes:
        lines += _change(change)
    return "\n".join(lines)


def _change(change: Change) -> list[str]:
    package = change.package
    lines = [f"{package.type} {package.name} {package.version}"]
    lines += [f"  new   {_flaw(flaw)}" for flaw in change.new]
    lines += [f"  gone  {_flaw(flaw)}" for flaw in change.gone]
    lines += [f"    in {one.target} ({one.digest})" for one in change.holders[:_SHOWN]]
    if len(change.holders) > _SHOWN:
        lines.append(f"    and {len(change.holders) - _SHOWN} more images")
    return [printable(line) for line in lines]


def _flaw(flaw: Judged) -> str:
    fix = f"fixed in {flaw.fix_version}" if flaw.fix_version else flaw.fix_state
    suppressed = f", suppressed ({flaw.suppressed})" if flaw.suppressed else ""
    return f"{flaw.rule} {flaw.severity}, {fix}{suppressed}"
