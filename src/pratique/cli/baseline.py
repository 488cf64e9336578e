"""Learn what workloads do, review it, and write the least rights that they need."""

from pathlib import Path

import click
import msgspec

from pratique.cli.baseline_words import difference_lines, shown_lines, table_lines, verified_lines
from pratique.cli.outputs import replace_file
from pratique.detections.baseline.naming import safe_name
from pratique.formats.text import printable
from pratique.kit import folders
from pratique.model.baseline import Mode
from pratique.model.errors import StorageError
from pratique.pipelines import kept_baselines
from pratique.pipelines.learn_baseline import (
    learn_from,
    profile_units,
    try_profiles,
)

_REFUSED = 1
_REPLAY = click.option(
    "--replay",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    metavar="FILE",
    help="A recording (`pratique watch --record FILE`); may be repeated.",
)
_FORM = click.option(
    "-o", "--output", "form", type=click.Choice(["table", "json"]), default="table"
)


@click.group(short_help="Learn what workloads do, and write the least rights they need.")
def command() -> None:
    """Learn what workloads do, review it, and write the least rights that they need."""


@command.command("learn")
@_REPLAY
@click.option("--workload", default="", metavar="NAME", help="Learn this workload only.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write the baselines here [default: merge them into the kept ones].",
)
def learn(replay: tuple[Path, ...], workload: str, folder: Path | None) -> int:
    """
    Learn a baseline for each workload in recordings.

    What was learnt is merged with what is kept of the same workload and image, and is in the mode
    `learn` until `baseline mode` says otherwise.
    """
    learnt = learn_from(replay, workload)
    for note in learnt.notes:
        click.echo(f"pratique: note: {printable(note)}", err=True)
    if folder is None:
        kept_baselines.keep_baselines(folders.data_folder(), learnt.baselines)
    for one in learnt.baselines if folder is not None else ():
        name = f"{safe_name(one.workload)}-{one.digest.rpartition(':')[2][:12] or 'unknown'}.yaml"
        kept_baselines.write_baseline_file(folder / name, one)  # type: ignore[operator]
    for line in table_lines(learnt.baselines):
        click.echo(line)
    return 0


@command.command("show")
@click.argument("name", required=False, metavar="[WORKLOAD[@DIGEST]|FILE]")
@_FORM
def show(name: str | None, form: str) -> int:
    """Show a baseline, or list those that are kept."""
    if name is None:
        kept = kept_baselines.load_baselines(folders.data_folder())
        click.echo(_json(kept) if form == "json" else "\n".join(table_lines(kept)))
        return 0
    one = kept_baselines.find_baseline(name, folders.data_folder())
    click.echo(_json(one) if form == "json" else "\n".join(shown_lines(one)))
    return 0


@command.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@_FORM
def diff(old: str, new: str, form: str) -> int:
    """Say what NEW holds beyond OLD, and the other way round; exit 1 where they differ."""
    from pratique.detections.baseline.differing import differences

    place = folders.data_folder()
    found = differences(
        kept_baselines.find_baseline(old, place), kept_baselines.find_baseline(new, place)
    )
    click.echo(_json(found) if form == "json" else "\n".join(difference_lines(found)))
    return 1 if found else 0


@command.command("merge")
@click.argument("names", nargs=-1, required=True, metavar="WORKLOAD|FILE…")
@click.option("--into", type=click.Path(path_type=Path), metavar="FILE", help="[default: print it]")
def merge(names: tuple[str, ...], into: Path | None) -> int:
    """Make one baseline of several of one workload, in any order."""
    from pratique.detections.baseline.merging import merged
    from pratique.formats.baseline_document import write_baseline

    place = folders.data_folder()
    whole = merged([kept_baselines.find_baseline(name, place) for name in names])
    if into is None:
        click.echo(write_baseline(whole).decode(), nl=False)
    else:
        kept_baselines.write_baseline_file(into, whole)
    return 0


@command.command("mode")
@click.argument("name", metavar="WORKLOAD[@DIGEST]")
@click.argument("mode", type=click.Choice([one.value for one in Mode]))
def mode(name: str, mode: str) -> int:
    """Say what a kept baseline is for: learn more, tell what is outside, or act on it too."""
    place = folders.data_folder()
    one = kept_baselines.find_baseline(name, place)
    path = kept_baselines.set_mode(place, one, Mode(mode))
    click.echo(printable(f"{one.workload}: {one.mode} -> {mode} ({path})"))
    return 0


@command.command("profile")
@click.argument("name", metavar="WORKLOAD[@DIGEST]|FILE")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="seccomp, apparmor, capabilities, mounts, run-flags, security-context, network-policy; "
    "may be repeated [default: all].",
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write a file for each here [default: print them].",
)
@click.option(
    "--verify",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Say what would have been refused in this recording; exit 1 if anything; may be repeated.",
)
def profile(
    name: str, kinds: tuple[str, ...], folder: Path | None, verify: tuple[Path, ...]
) -> int:
    """Write the least rights that a workload needs, as far as its baseline knows."""
    one = kept_baselines.find_baseline(name, folders.data_folder())
    units = profile_units(kinds)
    if not kinds and not one.syscalls_whole:
        # Asked for by name it says why it cannot be made; among all it is left out, and said.
        units.pop("seccomp")
        click.echo("pratique: note: no seccomp profile: not every system call was seen", err=True)
    if verify:
        found = try_profiles(one, units, verify)
        click.echo("\n".join(verified_lines(found)))
        return _REFUSED if found.refusals else 0
    for unit in units.values():
        written = unit.write(one)
        for note in written.notes:
            click.echo(f"pratique: note: {unit.NAME}: {printable(note)}", err=True)
        if folder is None:
            click.echo(written.text, nl=False)
        else:
            _write(folder, one.workload, unit.SUFFIX, written.text)
    return 0


def _write(folder: Path, workload: str, suffix: str, text: str) -> None:
    path = folder / f"{safe_name(workload)}{suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from None
    replace_file(path, text.encode())
    click.echo(str(path))


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value)).decode()
