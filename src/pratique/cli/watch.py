"""Watch what containers and their node do, tell attacks, and answer them."""

import os
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from pratique.cli.extras import need
from pratique.cli.options import option
from pratique.cli.watch_service import as_service
from pratique.cli.watch_signals import Signals
from pratique.cli.watch_words import lacking, notes, waiting
from pratique.formats.text import printable
from pratique.kit import folders
from pratique.kit.supervisor import Supervisor
from pratique.model.alert import Priority
from pratique.model.errors import PratiqueError, UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from pratique.cli.watch_screen import View
    from pratique.outputs.destination import Destination
    from pratique.pipelines.watch_detectors import Detecting
    from pratique.pipelines.watch_node import NodeWatch, WatchSettings
    from pratique.pipelines.watch_servers import Servers
    from pratique.responses.plan import Plan

_EXITS = (
    "Exit codes: 0 stopped as asked, or the recording ended; 1 --fail-on is met; 2 a rule, plan or "
    "option is wrong, or this node cannot be observed; 70 internal error."
)
_PRIORITIES = [priority.value.lower() for priority in Priority]
_FRAME_S = 0.5


class Arguments(Struct, frozen=True, kw_only=True):
    """The options, as typed."""

    rules: tuple[Path, ...]
    sequences: tuple[Path, ...]
    drift_allow: Path | None
    wanted: tuple[str, ...]
    record: Path | None
    redact: bool
    replay: Path | None
    probe: bool
    enforce: bool
    responses: Path | None
    baseline: str
    sensor: str
    node: str
    root: Path
    metrics: str
    kubernetes: str
    cri: str
    least: str
    fail_on: str | None
    seconds: float | None
    quiet: bool


@click.command(
    short_help="Watch what containers and their node do, tell attacks, answer them.", epilog=_EXITS
)
@option(
    "--rules",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE|DIR",
    help="Rules in Falco's language instead of our own; may be repeated.",
)
@option(
    "--sequences",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE|DIR",
    help="Sequences instead of our own.",
)
@option(
    "--drift-allow",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What may run though it was not in the image, each with its reason.",
)
@option(
    "-o",
    "--output",
    "wanted",
    variable="PRATIQUE_WATCH_OUTPUT",
    multiple=True,
    metavar="FORM[=PLACE]",
    help="table, or json, text, falco-json, ocsf, otlp, syslog…, each to a file, URL or program; "
    "may be repeated [default: table on a terminal, else text].",
)
@option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Keep every event.")
@option("--redact", is_flag=True, help="Record without what people typed.")
@option(
    "--replay",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Judge a recording instead of this node.",
)
@option("--probe", is_flag=True, help="Say what can be seen and done here, and stop.")
@option(
    "--responses",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Answer alerts by this plan; a dry run without --enforce.",
)
@option("--enforce", is_flag=True, help="Take the measures that the plan does not call a dry run.")
@option(
    "--baseline",
    variable="PRATIQUE_WATCH_BASELINE",
    type=click.Choice(["off", "learn", "detect"]),
    default="off",
    help="Learn what workloads do, or tell what they never did.",
)
@option("--sensor", default="", metavar="NAME", help="Observe by this sensor only.")
@option(
    "--node", default="", metavar="NAME", help="What to call this node [default: its host name]."
)
@option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("/"),
    metavar="DIR",
    help="Where the node's files are seen from here.",
)
@option("--metrics", default="", metavar="ADDRESS:PORT", help="Serve Prometheus metrics here.")
@option(
    "--kubernetes",
    default="auto",
    metavar="auto|off|URL",
    help="Ask this API server, or a kubelet's /pods, what made a pod; auto: in a pod with a token.",
)
@option(
    "--cri",
    default="auto",
    metavar="auto|off|SOCKET",
    help="Ask a node's engine by Kubernetes' interface for what its files do not say.",
)
@option(
    "--least",
    type=click.Choice(_PRIORITIES),
    default="debug",
    help="The least grave priority that is told.",
)
@option(
    "--fail-on",
    variable="PRATIQUE_WATCH_FAIL_ON",
    type=click.Choice(_PRIORITIES),
    help="Exit 1 when something this grave or graver was told.",
)
@option("--seconds", type=click.FloatRange(min=0), help="Stop after so long.")
@option("--quiet", "-q", is_flag=True, help="No remarks on standard error.")
def command(**given: object) -> int:
    """
    Watch what containers and their node do, tell attacks, and answer them.

    Stops at Ctrl-C or SIGTERM, or when the recording ends. SIGHUP reads the rules again; a file with
    an error leaves the old rules. Needs root, or the capabilities that `--probe` names.
    """
    arguments = Arguments(**given)  # type: ignore[arg-type]
    return probe() if arguments.probe else watch(arguments)


def probe() -> int:
    """Print what each sensor could do here; return 0 if one is ready, else 2."""
    from pratique.pipelines.watch_sensors import probe_all

    ready = False
    for one in probe_all():
        ready = ready or one.ready
        state = f"ready: {one.tier}" if one.ready else f"not ready: {one.why_not}"
        click.echo(printable(f"{one.sensor:<14} {state}"))
        for hook in one.hooks:
            mark = "yes" if hook.ready else f"no: {hook.why_not}"
            click.echo(printable(f"  {hook.name:<28} {mark}"))
        for words in one.blind:
            click.echo(printable(f"  does not see: {words}"))
    return 0 if ready else 2


def watch(arguments: Arguments) -> int:
    """
    Watch until stopped; return the exit code.

    Raises:
        PratiqueError: see ``model.errors``.
    """
    from pratique.pipelines.watch_node import NodeWatch

    settings = _settings(arguments)
    supervisor = Supervisor.taken_from(os.environ)
    with Signals() as signals, NodeWatch(settings) as node:
        if not arguments.quiet:
            _remark(node)
        with _metrics(arguments.metrics, node), as_service(supervisor, node, _summary):
            if _is_live_table(arguments):
                _run_on_screen(node, signals, arguments)
            else:
                _run(node, signals, arguments)
        gravest = min((Priority(one).rank for _, one in node.tally.by_rule), default=99)
        if not arguments.quiet:
            click.echo(f"pratique: {_summary(node)}", err=True)
    failed = arguments.fail_on is not None and gravest <= _priority(arguments.fail_on).rank
    return 1 if failed else 0


def _run(node: "NodeWatch", signals: Signals, arguments: Arguments) -> None:
    until = time.monotonic() + arguments.seconds if arguments.seconds is not None else None
    while not (signals.stop or node.source.ended or (until and time.monotonic() >= until)):
        node.turn()
        if signals.reload:
            signals.reload = False
            _reload(node)


def _run_on_screen(node: "NodeWatch", signals: Signals, arguments: Arguments) -> None:
    from pratique.cli.watch_screen import Screen

    started = last = time.monotonic()
    until = started + arguments.seconds if arguments.seconds is not None else None
    seen, rate = 0, 0.0
    with Screen(sys.stdout, colour=_has_colour()) as screen:
        while not (signals.stop or node.source.ended or (until and last >= until)):
            node.turn()
            if signals.reload:
                signals.reload = False
                _reload(node)
            now = time.monotonic()
            if now - last >= _FRAME_S:
                rate, seen, last = (node.tally.events - seen) / (now - last), node.tally.events, now
                screen.draw(_view(node, now - started, rate))


def _view(node: "NodeWatch", seconds: float, rate: float) -> "View":
    from pratique.cli.watch_screen import View

    counters = node.source.counters()
    return View(
        node=node.node,
        sensor=node.source.readiness.sensor,
        seconds=seconds,
        rate=rate,
        events=node.tally.events,
        filtered=counters.filtered,
        lost=counters.lost,
        alerts=sum(node.tally.by_rule.values()),
        incidents=node.tally.incidents,
        rules=len(node.detectors.rules.enabled),
        workloads=node.tally.workloads(),
        latest=tuple(node.tally.latest),
        notes=notes(node),
    )


def _reload(node: "NodeWatch") -> None:
    try:
        click.echo(f"pratique: {node.reload()}", err=True)
    except PratiqueError as error:
        click.echo(
            f"pratique: {printable(str(error))}; the old rules stay ({printable(error.hint())})",
            err=True,
        )


def _remark(node: "NodeWatch") -> None:
    readiness = node.source.readiness
    words = f"watching {node.node} by {readiness.sensor} ({readiness.tier})"
    click.echo(printable(f"pratique: {words}; {len(node.detectors.rules.enabled)} rules"), err=True)
    for note in node.detectors.notes():
        click.echo(printable(f"pratique: note: {note}"), err=True)


def _summary(node: "NodeWatch") -> str:
    counters = node.source.counters()
    alerts = sum(node.tally.by_rule.values())
    return (
        f"{node.tally.events} events, {counters.lost} lost, {alerts} alerts, "
        f"{node.tally.incidents} incidents{waiting(node)}{lacking(node)}"
    )


def _settings(arguments: Arguments) -> "WatchSettings":
    from pratique.pipelines.watch_node import WatchSettings

    if arguments.enforce and arguments.responses is None:
        raise UsageError(
            "--enforce without a plan", hint="name what shall be done: --responses FILE"
        )
    if arguments.replay is not None and (arguments.record or arguments.responses):
        raise UsageError(
            "a recording can be judged, not recorded or answered",
            hint="leave out --record and --responses",
        )
    return WatchSettings(
        detecting=_detecting(arguments),
        destinations=_destinations(arguments),
        data_folder=folders.data_folder(),
        stdout=sys.stdout.buffer,
        environ=os.environ,
        colour=_has_colour(),
        node=arguments.node or socket.gethostname(),
        root=str(arguments.root),
        sensor=arguments.sensor,
        replay=arguments.replay,
        record=arguments.record,
        redacts=arguments.redact,
        plan=_plan(arguments),
        least=_priority(arguments.least),
        servers=_servers(arguments),
    )


def _servers(arguments: Arguments) -> "Servers":
    from pratique.pipelines.watch_servers import AUTO, OFF, Servers

    if arguments.cri not in (AUTO, OFF) and arguments.replay is None:
        need("cri", "h2")
    return Servers(kubernetes=arguments.kubernetes, cri=arguments.cri)


def _detecting(arguments: Arguments) -> "Detecting":
    from pratique.pipelines.kept_baselines import load_baselines
    from pratique.pipelines.watch_detectors import Detecting

    kept = load_baselines(folders.data_folder()) if arguments.baseline != "off" else ()
    return Detecting(
        rules=arguments.rules,
        sequences=arguments.sequences,
        baselines=kept,
        learns=arguments.baseline == "learn",
        drift_allowed=arguments.drift_allow,
    )


def _destinations(arguments: Arguments) -> "tuple[Destination, ...]":
    from pratique.outputs.destination import parse_destination

    if _is_live_table(arguments):
        return tuple(parse_destination(one) for one in arguments.wanted if one != "table")
    wanted = [one if one != "table" else "text" for one in arguments.wanted]
    return tuple(parse_destination(one) for one in wanted or ["text"])


def _plan(arguments: Arguments) -> "Plan | None":
    from msgspec.structs import replace

    from pratique.pipelines.load_plan import load_plan

    if arguments.responses is None:
        return None
    plan = load_plan(arguments.responses)
    if arguments.enforce:
        return plan
    dry = tuple(replace(one, dry_run=True) for one in plan.responses)
    return replace(plan, dry_run=True, responses=dry)


def _metrics(address: str, node: "NodeWatch") -> "AbstractContextManager[object]":
    from contextlib import closing, nullcontext

    if not address:
        return nullcontext()
    from pratique.outputs.metrics_server import MetricsServer, parse_address
    from pratique.pipelines.watch_metrics import WatchMetrics

    return closing(MetricsServer(parse_address(address), WatchMetrics(node).exposed))


def _is_live_table(arguments: Arguments) -> bool:
    asked = not arguments.wanted or "table" in arguments.wanted
    return asked and sys.stdout.isatty() and arguments.replay is None


def _has_colour() -> bool:
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def _priority(word: str) -> Priority:
    return Priority(word.capitalize())
