"""
Tell every destination what happened, without ever waiting for one of them.

Standard output is written to at once. Everything else goes through a spool and a thread of its own, so
a receiver that is slow or away holds up neither the sensor nor the other receivers. What had to be
dropped, could not be kept, or was refused is counted and told as an alert of its own.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from msgspec import Struct

from pratique.model.alert import Alert, Incident
from pratique.model.errors import StorageError
from pratique.outputs.channels.file import FileChannel
from pratique.outputs.channels.http import HttpChannel
from pratique.outputs.channels.interface import Channel
from pratique.outputs.channels.program import ProgramChannel
from pratique.outputs.channels.stream import StreamChannel
from pratique.outputs.channels.syslog import local, over_tcp, over_tls, over_udp
from pratique.outputs.colour import coloured
from pratique.outputs.delivery import Courier, Pacing, Round, Standing
from pratique.outputs.destination import Destination
from pratique.outputs.headers import headers_for
from pratique.outputs.interface import Form
from pratique.outputs.limiting import Limiter, Rate
from pratique.outputs.spool import Spool, SpoolSettings, spool_of
from pratique.outputs.troubles import Troubles

PATIENCE_S = 5.0


class Settings(Struct, frozen=True, kw_only=True):
    """What all destinations share; ``colour`` is for text on a terminal's standard output."""

    spool: SpoolSettings
    environ: Mapping[str, str]
    stdout: BinaryIO
    colour: bool = False
    pacing: Pacing = Pacing()
    rate: Rate | None = Rate()
    """How often one rule in one container is told before it is folded; None never folds."""


class Outlets:
    """
    All destinations of one run; use as a context manager.

    Raises:
        StorageError: a spool cannot be used.
        UsageError: the headers for a server cannot be read.
    """

    def __init__(self, destinations: Sequence[Destination], settings: Settings) -> None:
        self._direct: list[_Direct] = []
        self._spooled: list[_Spooled] = []
        self._limiter = Limiter(settings.rate) if settings.rate else None
        try:
            for one in destinations:
                if one.waits:
                    self._spooled.append(_Spooled(one, settings))
                else:
                    self._direct.append(_Direct(one, settings))
        except BaseException:
            self.close(0)
            raise

    def tell(self, told: Alert | Incident) -> None:
        """Give one alert or incident to every destination; what comes too often is folded."""
        if self._limiter is None or isinstance(told, Incident):
            self._give(told)
            return
        for alert in self._limiter.take(told):
            self._give(alert)

    def tick(self, now_ns: int, node: str = "") -> None:
        """Tell what was held back long enough, and what was lost; call it every second or so."""
        for alert in self._limiter.due(now_ns) if self._limiter else ():
            self._give(alert)
        for alert in self.troubles(now_ns, node):
            self._give(alert)

    def standing(self) -> dict[str, Standing]:
        """Return how deliveries stand, by destination, without secrets in the names."""
        return {one.shown: one.standing() for one in self._spooled}

    def troubles(self, now_ns: int, node: str = "") -> tuple[Alert, ...]:
        """Return an alert for each destination that lost something since the last call."""
        found = (one.trouble(now_ns, node) for one in self._spooled)
        return tuple(alert for alert in found if alert is not None)

    def close(self, patience_s: float = PATIENCE_S) -> None:
        """
        Deliver what can be delivered at once; the rest waits for the next start.

        Raises:
            StorageError: a disk is broken; all destinations are closed all the same.
        """
        for alert in self._limiter.flush() if self._limiter else ():
            self._give(alert)
        with ExitStack() as closing:
            for one in reversed(self._spooled):
                closing.callback(one.close, patience_s)

    def _give(self, told: Alert | Incident) -> None:
        for direct in self._direct:
            direct.tell(told)
        for spooled in self._spooled:
            spooled.tell(told)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()


def form_of(name: str) -> Form:
    """Return a form by its name, importing that one only."""
    import importlib

    module: Form = importlib.import_module(f"pratique.outputs.{name.replace('-', '_')}")
    return module


class _Direct:
    def __init__(self, destination: Destination, settings: Settings) -> None:
        self._form = form_of(destination.form)
        self._channel = StreamChannel(settings.stdout)
        self._colour = settings.colour and destination.form == "text"

    def tell(self, told: Alert | Incident) -> None:
        record = self._form.written(told)
        if self._colour:
            record = coloured(record.decode(), told.priority).encode()
        self._channel.send((record,))


class _Spooled:
    def __init__(self, destination: Destination, settings: Settings) -> None:
        self.shown = destination.shown
        self._form = form_of(destination.form)
        self._channel = channel_of(destination, self._form, settings.environ)
        self._spool: Spool = spool_of(destination, settings.spool)
        self._courier = Courier(
            self._spool.waiting, self._channel, self._spool.refused, settings.pacing
        )
        self._round = Round(self._courier, self.shown)
        self._not_kept = 0
        self._troubles = Troubles(self.shown)

    def tell(self, told: Alert | Incident) -> None:
        try:
            self._spool.waiting.append(self._form.written(told))
        except StorageError as error:
            self._not_kept += 1
            self._courier.last_error = str(error)
        self._round.told()

    def standing(self) -> Standing:
        journal, courier = self._spool.waiting, self._courier
        return Standing(
            waiting=journal.waiting,
            bytes_on_disk=journal.size_bytes,
            delivered=courier.delivered,
            failures=courier.failures,
            refused=courier.refused,
            dropped=journal.dropped,
            damaged=journal.damaged,
            not_kept=self._not_kept,
            cut_bytes=journal.cut_bytes,
            away_since_s=courier.away_since_s,
            last_error=courier.last_error,
        )

    def trouble(self, now_ns: int, node: str) -> Alert | None:
        return self._troubles.news(self.standing(), now_ns, node)

    def close(self, patience_s: float) -> None:
        self._round.end(patience_s)
        if self._round.ended:
            # Else the thread still holds both; it goes with the process.
            self._channel.close()
            self._spool.close()


def channel_of(destination: Destination, form: Form, environ: Mapping[str, str]) -> Channel:
    """Return the channel to a destination; nothing is opened before something is sent."""
    host, port = destination.host, destination.port
    match destination.scheme:
        case "file":
            return FileChannel(Path(destination.path))
        case "program":
            return ProgramChannel(destination.command)
        case "syslog":
            return over_udp(host, port) if host else local()
        case "syslog+tcp":
            return over_tcp(host, port)
        case "syslog+tls":
            return over_tls(host, port, environ)
        case _:
            headers = headers_for(destination.url, environ)
            return HttpChannel(destination.url, form, headers=headers, environ=environ)
