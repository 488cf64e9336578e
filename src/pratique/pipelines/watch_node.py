"""
Watch this node, or a recording of one, until told to stop.

Only wiring: events are judged, recorded, told and answered. Laws: whatever holds the loop up (the store
that is written, a file that is measured) is bounded; what a receiver does not take waits in its
spool; what could not be kept is told as an alert, never silently left out.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Self

from msgspec import Struct

from pratique import __version__
from pratique.kit.store import Store
from pratique.model.alert import Alert, Detector, Incident, Priority
from pratique.model.errors import StorageError
from pratique.model.event import Event
from pratique.model.reaction import Reaction
from pratique.outputs.destination import Destination
from pratique.outputs.limiting import Rate
from pratique.outputs.outlets import Outlets, Settings
from pratique.outputs.spool import SpoolSettings
from pratique.pipelines.image_knowledge import image_knowledge
from pratique.pipelines.in_use_evidence import keep_in_use
from pratique.pipelines.kept_baselines import keep_baselines
from pratique.pipelines.record_events import EventRecorder
from pratique.pipelines.watch_answers import Recent, answering, powers_of
from pratique.pipelines.watch_detectors import Detecting, Detectors, Known
from pratique.pipelines.watch_draining import drain, not_read
from pratique.pipelines.watch_events import Answer, Ends, Take, Watch
from pratique.pipelines.watch_files import FileMeasure, unmeasured
from pratique.pipelines.watch_gap import WatchMark
from pratique.pipelines.watch_holding import Holding
from pratique.pipelines.watch_priority import before_others
from pratique.pipelines.watch_refusals import Refusals
from pratique.pipelines.watch_servers import Servers
from pratique.pipelines.watch_silence import Silence
from pratique.pipelines.watch_sources import LiveSource, ReplaySource, Source, started_header
from pratique.pipelines.watch_tally import Tally
from pratique.pipelines.watch_who import booted_ns
from pratique.responses.plan import Plan
from pratique.responses.responder import Worker
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
        self.reactions: Counter[tuple[str, str]] = Counter()
        self.each_tick: list[Callable[[], None]] = []
        """What else is done once a second, by the thread that turns."""
        self._worker: Worker | None = None
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
                self.watch.end(time.time_ns(), asks=whole)
            self._keep()
            if self._mark is not None:
                self._mark.move(time.time_ns(), ended=kind is None)
        finally:
            self._held.close()

    def _drain(self) -> None:
        """Judge what was seen before the end was asked for."""
        done = drain(lambda: list(self.source.events(0)), self.watch.take, time.time_ns())
        if not done:
            self.watch.raise_alerts((not_read(self.node, time.time_ns()),))
        self.source.poll(time.time_ns())

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
            self.source.poll(time.time_ns())
        self.watch.release()
        if now >= self._next_tick:
            self._next_tick = now + TICK_S
            self._tick(now)
        return taken

    def given_up(self) -> int:
        """Return how many look-ups in containers got no answer in time: processes, accounts, files."""
        return self.source.given_up() + self._files.given_up

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
        self._knowledge = knowledge = image_knowledge(self._store)
        live = settings.replay is None
        if live:
            self._held.enter_context(before_others())
        self._files = Host(settings.root)
        measure = FileMeasure(self._files) if live else unmeasured
        self.detectors = Detectors(settings.detecting, Known(images=knowledge, measure=measure))
        judge = self.detectors.judge(prepared=live)
        self.outlets = self._held.enter_context(_outlets(settings))
        self.source: Source
        self.node = settings.node
        if settings.replay is not None:
            self.source = recorded = ReplaySource(settings.replay, knowledge.facts)
            self.node = recorded.header.node or settings.node
        else:
            self.source = LiveSource(
                settings.node,
                settings.root,
                settings.sensor,
                judge.interest,
                knowledge.facts,
                settings.servers,
            )
        self._held.callback(self.source.close)
        ends = Ends(tell=self._tell, record=self._recording(), answer=self._answering())
        holding = Holding(self.source.ask) if self.source.ask is not None else None
        self.watch = Watch(judge, self.detectors.stories(), ends, self.tally, holding)
        self._mark = WatchMark(settings.data_folder, settings.node) if live else None
        if self._mark is not None:
            self.watch.raise_alerts(self._mark.gap(time.time_ns()))
            self._mark.move(time.time_ns())

    def _recording(self) -> Take | None:
        """Return what remembers and records events, None where nothing needs to."""
        self._recorder: EventRecorder | None = None
        self._recent = Recent() if self.settings.plan is not None else None
        self._refusals = Refusals(self._refused)
        path = self.settings.record
        if path is not None:
            header = started_header(
                self.node,
                self.source.readiness.sensor,
                __version__,
                redacted=self.settings.redacts,
                booted=booted_ns(Host(self.settings.root)),
            )
            recorder = self._recorder = EventRecorder(path, header)
            self._held.callback(lambda: recorder.close(time.time_ns()))
            for process, inside in self.source.before():
                recorder.process(process, inside=inside)
        takers = [one.take for one in (self._recorder, self._recent) if one is not None]
        if self._recent is not None:
            takers.append(self._refusals.see)
        if len(takers) < 2:
            return takers[0] if takers else None

        def each(event: Event) -> None:
            for take in takers:
                take(event)

        return each

    def _answering(self) -> Answer | None:
        plan = self.settings.plan
        if plan is None or self._recent is None:
            return None
        sensor = self.source.sensor if isinstance(self.source, LiveSource) else None
        enforces = any(not one.dry_run for one in plan.responses) or not plan.dry_run
        refusals = self._refusals
        powers = powers_of(sensor, enforces=enforces, told=refusals.told)
        worker = answering(
            plan,
            self._held.enter_context(powers),
            self._recent,
            self.settings.environ,
            self._reacted,
        )
        self._held.callback(worker.close)
        self._worker = worker
        return worker.take

    def _refused(self, done: Reaction) -> None:
        if self._worker is not None:
            self._worker.note(done)

    def _reacted(self, done: Reaction) -> None:
        self.reactions[(done.measure.value, done.outcome.value)] += 1
        self._refusals.because(done)

    def _tell(self, told: Alert | Incident) -> None:
        if told.priority.rank <= self.settings.least.rank:
            self.outlets.tell(told)

    def _tick(self, now: float) -> None:
        now_ns = time.time_ns()
        if self._mark is not None:
            self._mark.move(now_ns)
        self.watch.raise_alerts(self._silence.news(self.source.silent(), now_ns))
        self.watch.tick(now_ns)
        self.outlets.tick(now_ns, self.node)
        if self._recorder is not None:
            self._recorder.flush()
        for one in self.each_tick:
            one()
        if now >= self._next_store:
            self._next_store = now + STORE_S
            self._keep()
            self._knowledge.refresh()
            self.source.refresh()

    def _keep(self) -> None:
        """Write what was seen at work and learnt; a store that cannot be written is told."""
        try:
            keep_in_use(self._store, self.detectors.in_use.drain())
            if self.settings.detecting.learns:
                keep_baselines(self.settings.data_folder, self.detectors.baseline.learnt())
        except StorageError as error:
            self.watch.raise_alerts((_not_kept(error, self.node),))


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


def _not_kept(error: StorageError, node: str) -> Alert:
    return Alert(
        rule="evidence-not-kept",
        priority=Priority.WARNING,
        time_ns=time.time_ns(),
        detector=Detector.SENSOR,
        output=f"what was seen at work could not be kept: {error}",
        node=node,
    )
