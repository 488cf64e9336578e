"""
Check plans of responses, take one measure by hand, and show what was done.

Exit codes of ``run``: 0 done, or said what would be done; 1 refused or failed; 2 a mistake.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pratique.formats.text import printable
from pratique.kit.whole_file import write_whole
from pratique.model.errors import CapabilityError, UsageError
from pratique.model.reaction import Measure, Outcome, Reaction

if TYPE_CHECKING:
    pass

_MEASURES = [measure.value for measure in Measure if measure is not Measure.ALERT]
_HOOK_BYTES = 1 << 20


@click.group(short_help="Check and take measures against what a container does.")
def command() -> None:
    """Check plans of responses, take one measure by hand, and show what was done."""


@command.command("plan")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def plan(file: Path) -> int:
    """Check a plan of responses and say in plain words what it does."""
    from pratique.pipelines.load_plan import load_plan
    from pratique.responses.plan_words import describe_plan

    for line in describe_plan(load_plan(file)):
        click.echo(printable(line) if not line.startswith("  ") else "  " + printable(line[2:]))
    return 0


@command.command("run")
@click.argument("measure", type=click.Choice(_MEASURES), metavar="MEASURE")
@click.argument("target", metavar="CONTAINER|PID")
@click.option("--do", "really", is_flag=True, help="Do it; without this it is only said.")
@click.option("--plan", "plan_file", type=click.Path(path_type=Path), help="Heed its exemptions.")
@click.option("--reason", default="asked for by hand", help="What to log as the reason.")
@click.option("--node", is_flag=True, help="Allow it for a process outside of any container.")
@click.option("--signal", "signal_name", default="TERM", help="Which signal `signal` sends.")
@click.option("--grace", default=5.0, help="Seconds that `stop` waits before it ends it.")
@click.option("--destination", default="", metavar="ADDRESS:PORT", help="What to block.")
def run(really: bool, node: bool, grace: float, **words: object) -> int:
    """
    Take MEASURE on a container (its name or id) or on a process; a dry run without --do.

    MEASURE is one of record, signal, kill, block-destination, refuse-execution, pause, stop, quarantine.
    """
    from pratique.pipelines.load_plan import load_plan
    from pratique.pipelines.respond_now import Asked, respond_now
    from pratique.responses.plan import Plan, signal_number

    file = words["plan_file"]
    asked = Asked(
        measure=Measure(str(words["measure"])),
        target=str(words["target"]),
        reason=str(words["reason"]),
        really=really,
        node=node,
        signal=signal_number(str(words["signal_name"])),
        grace_s=min(max(grace, 0.0), 10.0),
        destination=_destination(str(words["destination"])),
    )
    chosen = load_plan(file) if isinstance(file, Path) else Plan(version="1")
    done = respond_now(asked, chosen, os.environ)
    click.echo(_line(done))
    return 0 if done.outcome in (Outcome.DONE, Outcome.DRY_RUN) else 1


@command.command("log")
@click.option("-n", "--last", default=50, show_default=True, help="How many.")
@click.option("-o", "--output", "form", type=click.Choice(["table", "json"]), default="table")
def log(last: int, form: str) -> int:
    """Show the last measures, taken or not, with their reasons."""
    from pratique.pipelines.respond_now import reaction_log

    found = reaction_log(os.environ).read(last)
    if form == "json":
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return 0
    for one in found:
        click.echo(_line(one))
    return 0


@command.command("hook")
@click.option("--on-failure", type=click.Choice(["open", "closed"]), default="open")
@click.option("--program", type=click.Path(path_type=Path), help="This program's path.")
@click.option("--install", is_flag=True, help="Write it where Podman and CRI-O look for it.")
def hook(on_failure: str, program: Path | None, install: bool) -> int:
    """
    Print the hook by which no container runs a program before the gate guards it.

    With --on-failure closed a container does not start when the gate does not answer.
    """
    from pratique.responses.hook import FILE_NAME, FOLDERS, hook_file

    text = hook_file(program or Path(sys.argv[0]).resolve(), on_failure=on_failure)
    if not install:
        click.echo(text, nl=False)
        return 0
    place = FOLDERS[0] / FILE_NAME
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        # A runtime that reads half of it starts no container.
        write_whole(place, text.encode())
    except OSError as error:
        raise CapabilityError(
            f"cannot write {place}: {error.strerror}", hint="run it as root"
        ) from None
    click.echo(f"wrote {place}")
    return 0


@command.command("mark", hidden=True)
@click.option("--on-failure", type=click.Choice(["open", "closed"]), default="open")
@click.option("--socket", type=click.Path(path_type=Path), required=True)
def mark(on_failure: str, socket: Path) -> int:
    """Have the gate guard the container whose state stands on standard input: for runtimes only."""
    from pratique.responses.fanotify_gate import hand_over, opened
    from pratique.responses.hook import place_of, read_state

    try:
        state = read_state(sys.stdin.buffer.read(_HOOK_BYTES))
        place = place_of(state)
        with opened(place.root, place.upper, state.pid) as handed:
            hand_over(socket, handed, state.id)
    except CapabilityError:
        if on_failure == "closed":
            raise
    return 0


def _destination(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not text:
        return "", 0
    if not host or not port.isdigit():
        raise UsageError(f"{text[:60]!r} is no destination", hint="such as 203.0.113.7:443")
    return host.strip("[]"), int(port[:5])


def _line(done: Reaction) -> str:
    from datetime import UTC, datetime

    when = datetime.fromtimestamp(done.time_ns // 1_000_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    parts = (when, f"{done.outcome.value:<8}", f"{done.measure.value:<17}", done.target[:40])
    return printable(f"{' '.join(parts)}  {done.detail}  [{done.rule}: {done.reason}]")
