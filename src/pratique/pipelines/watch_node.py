"""
Watch this node, or a recording of one, until told to stop.

Only wiring: events are judged, recorded, told and answered. Laws: whatever holds the loop up (the store
that is written, a file that is measured) is bounded; what a receiver does not take waits in its
spool; what could not be kept is told as an alert, never silently left out.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Self

from msgspec import Struct

from pratique import __version__
from pratique.kit.clock import steady_ns
from pratique.kit.store import Store
from pratique.model.alert import Alert, Incident, Priority
from pratique.model.event import Event
from pratique.model.interest import Interest
from pratique.outputs.destination import Destination
from pratique.outputs.limiting import Rate
from pratique.outputs.outlets import Outlets, Settings
from pratique.outputs.spool import SpoolSettings
from pratique.pipelines.image_knowledge import image_knowledge
from pratique.pipelines.record_events import EventRecorder
from pratique.pipelines.watch_detectors import Detecting, Detectors, Known
from pratique.pipelines.watch_draining import drain, not_read
from pratique.pipelines.watch_events import Ends, Take, Watch
from pratique.pipelines.watch_files import FileMeasure, unmeasured
from pratique.pipelines.watch_gap import WatchMark
from pratique.pipelines.watch_holding import Holding
from pratique.pipelines.watch_keeping import Keeping
from pratique.pipelines.watch_priority import before_others
from pratique.pipelines.watch_responding import Responding, responding
from pratique.pipelines.watch_servers import Servers
from pratique.pipelines.watch_silence import Silence
from pratique.pipelines.watch_sources import LiveSource, ReplaySource, Source, started_header
from pratique.pipelines.watch_tally import Tally
from pratique.pipelines.watch_who import Facts, booted_ns
from pratique.responses.plan import Plan
from pratique.workloads.host import Host

WAIT_S = 0.05
"""How long one turn waits for the first event."""
POLL_S = 0.2
"""How often engines are asked for what they had not written when a container began."""
HOLDING_S = 0.02
"""The same, while an alert is held until they tell."""
TICK_S = 1.0
STORE_S = 30.0
"""How often what was seen at work is written to the store."""


class WatchSettings(Struct, frozen=True, kw_only=True):
    """
    What to watch, by what, and where it goes.

    ``replay`` names a recording instead of this node; ``sensor`` a sensor instead of the best one;
    ``root`` is where the node's files are seen; ``least`` is the least grave priority that is told.
    """

    detecting: Detecting
    destinations: tuple[Destination, ...]
    data_folder: Path
    stdout: BinaryIO
    environ: Mapping[str, str]
    colour: bool = False
    node: str = ""
    root: str = "/"
    sensor: str = ""
    replay: Path | None = None
    record: Path | None = None
    redacts: bool = False
    plan: Plan | None = None
    least: Priority = Priority.DEBUG
    servers: Servers = Servers()


class NodeWatch:
    """
    One watch from its beginning to its end; use as a context manager.

    Raises:
        CapabilityError: this node cannot be observed.
        UsageError: a rule, plan or option is wrong.
        TargetError: the recording cannot be read.
        StorageError: the store, the recording or a spool cannot be used.
    """

    def __init__(self, settings: WatchSettings) -> None:
        self.settings = settings
        self.tally = Tally()
        self.each_tick: list[Callable[[], None]] = []
        """What else is done once a second, by the thread that turns."""
        self._next_poll = 0.0
        self._next_tick = time.monotonic() + TICK_S
        self._next_store = time.monotonic() + STORE_S
        self._silence = Silence(settings.node)
        self._held = ExitStack()
        try:
            self._begin()
        except BaseException:
            self._held.close()
            raise

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Tell what is held back, write what is kept, and give everything back."""
        whole = False
        try:
            try:
                if kind is None and self.settings.replay is None:
                    self._drain()
                whole = kind is None
            finally:
                try:
                    self._keep()
                finally:
                    self.watch.end(steady_ns(), asks=whole)
            if self._mark is not None:
                self._mark.move(time.time_ns(), ended=kind is None)
        finally:
            self._held.close()

    def _drain(self) -> None:
        """Judge what was seen before the end was asked for."""
        done = drain(lambda: list(self.source.events(0)), self.watch.take, steady_ns())
        if not done:
            self.watch.raise_alerts((not_read(self.node, steady_ns()),))
        self.source.poll(steady_ns())

    def turn(self, timeout_s: float = WAIT_S) -> int:
        """Take what came, waiting at most so long; return how many events there were."""
        if self.watch.holds:
            timeout_s = min(timeout_s, HOLDING_S)
        taken = self.watch.take(self.source.events(timeout_s))
        now = time.monotonic()
        pause = HOLDING_S if self.watch.holds else POLL_S
        self._next_poll = min(self._next_poll, now + pause)
        if now >= self._next_poll:
            self._next_poll = now + pause
            self.source.poll(steady_ns())
        self.watch.release()
        if now >= self._next_tick:
            self._next_tick = now + TICK_S
            self._tick(now)
        return taken

    def unjudged(self) -> Sequence[str]:
        """Return the workloads that no baseline judges, where baselines are asked for, and none learns."""
        return tuple(sorted({name for _, name in self.detectors.baseline.unjudged()}))

    def given_up(self) -> int:
        """Return how many look-ups in containers got no answer in time: processes, accounts, files."""
        return self.source.given_up() + self._files.given_up

    @property
    def reactions(self) -> Mapping[tuple[str, str], int]:
        """Return how many measures were taken, by measure and outcome."""
        return self._responding.reactions if self._responding is not None else {}

    def reload(self) -> str:
        """
        Read the rules again; return what to say of it.

        Raises:
            UsageError: a file cannot be read; the old rules stay.
            RuleError: a rule is wrong; the old rules stay.
        """
        self.watch.judge = self.detectors.reload(prepared=self.settings.replay is None)
        self.source.want(self.watch.judge.interest)
        return f"{len(self.detectors.rules.enabled)} rules loaded"

    def _begin(self) -> None:
        settings = self.settings
        self._store = self._held.enter_context(Store(settings.data_folder))
        self._keeping = Keeping(self._store, settings.data_folder, settings.node)
        self._knowledge = knowledge = image_knowledge(self._store, self._keeping.unread)
        live = settings.replay is None
        if live:
            self._held.enter_context(before_others())
        self._files = Host(settings.root)
        measure = FileMeasure(self._files) if live else unmeasured
        self.detectors = Detectors(settings.detecting, Known(images=knowledge, measure=measure))
        judge = self.detectors.judge(prepared=live)
        self.outlets = self._held.enter_context(_outlets(settings))
        self.source, self.node = _opened(settings, judge.interest, knowledge.facts)
        self._keeping.node = self.node
        self._held.callback(self.source.close)
        self._recorder = self._keeping.recorder = self._recording()
        self._responding = self._answering()
        holding = Holding(self.source.ask) if self.source.ask is not None else None
        ends = Ends(
            tell=self._tell,
            record=self._taking(),
            answer=self._responding.answer if self._responding is not None else None,
        )
        self.watch = Watch(judge, self.detectors.stories(), ends, self.tally, holding)
        self._mark = WatchMark(settings.data_folder, settings.node) if live else None
        if self._mark is not None:
            self.watch.raise_alerts(self._mark.gap(time.time_ns()))
            self._mark.move(time.time_ns())

    def _recording(self) -> EventRecorder | None:
        """Begin the recording that was asked for, with the processes that ran before."""
        path = self.settings.record
        if path is None:
            return None
        header = started_header(
            self.node,
            self.source.readiness.sensor,
            __version__,
            redacted=self.settings.redacts,
            booted=booted_ns(Host(self.settings.root)),
        )
        recorder = EventRecorder(path, header)
        self._held.callback(lambda: recorder.close(steady_ns()))
        for process, inside in self.source.before():
            recorder.process(process, inside=inside)
        return recorder

    def _answering(self) -> Responding | None:
        """Begin to answer alerts by the plan that was given."""
        if self.settings.plan is None:
            return None
        sensor = self.source.sensor if isinstance(self.source, LiveSource) else None
        asked = responding(self.settings.plan, sensor, self.settings.environ)
        return self._held.enter_context(asked)

    def _taking(self) -> Take | None:
        """Return what takes every event beside the detectors, None where nothing does."""
        record = self._recorder.take if self._recorder is not None else None
        see = self._responding.see if self._responding is not None else None
        if record is None or see is None:
            return record or see

        def both(event: Event) -> None:
            record(event)
            see(event)

        return both

    def _tell(self, told: Alert | Incident) -> None:
        if told.priority.rank <= self.settings.least.rank:
            self.outlets.tell(told)

    def _tick(self, now: float) -> None:
        now_ns = steady_ns()
        if self._mark is not None:
            self._mark.move(time.time_ns())
        self.watch.raise_alerts(self._silence.news(self.source.silent(), now_ns))
        if self._responding is not None:
            self.watch.raise_alerts(self._responding.troubles(now_ns, self.node))
        self.watch.tick(now_ns)
        self.outlets.tick(now_ns, self.node)
        if self._recorder is not None:
            self._recorder.flush()
        self.watch.raise_alerts(self._keeping.troubles(now_ns))
        for one in self.each_tick:
            one()
        if now >= self._next_store:
            self._next_store = now + STORE_S
            self._keep()
            self._knowledge.refresh()
            self._keeping.read_again()
            self.source.refresh()

    def _keep(self) -> None:
        """Write what was seen at work and learnt; what cannot be written is told."""
        learnt = self.detectors.baseline.learnt() if self.settings.detecting.learns else ()
        now_ns = steady_ns()
        self.watch.raise_alerts(self._keeping.keep(self.detectors.in_use, learnt, now_ns))
        self.watch.raise_alerts(self._keeping.troubles(now_ns))


def _opened(settings: WatchSettings, interest: Interest, facts: Facts | None) -> tuple[Source, str]:
    """Return where events come from, and the name of the node that they are of."""
    if settings.replay is not None:
        recorded = ReplaySource(settings.replay, facts)
        return recorded, recorded.header.node or settings.node
    live = LiveSource(
        settings.node, settings.root, settings.sensor, interest, facts, settings.servers
    )
    return live, settings.node


def _outlets(settings: WatchSettings) -> Outlets:
    spool = SpoolSettings(folder=settings.data_folder / "spool")
    return Outlets(
        settings.destinations,
        Settings(
            spool=spool,
            environ=settings.environ,
            stdout=settings.stdout,
            colour=settings.colour,
            # A recording is read at leisure: whoever replays it wants every alert.
            rate=Rate() if settings.replay is None else None,
        ),
    )
