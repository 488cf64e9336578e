"""
Hold back what comes too often, and lose nothing: equal alerts beyond the rate fold into one with a count.

Each rule in each container has a bucket of tokens that fills with the time of the alerts. An alert with a
token goes out at once. One without is added to the one that is held for its key: the last one's words,
the first one's time, the sum of their counts. What is held goes out when there is a token again, when
its place is needed for another key, or at the end. Law: the counts that come out sum up to those that
went in. Time is that of the alerts, never a clock's; tables are bounded.
"""

from collections import OrderedDict
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from pratique.model.alert import Alert

MAX_KEYS = 8192
_SECOND = 1_000_000_000

Key = tuple[str, str, str]


class Rate(Struct, frozen=True, kw_only=True):
    """``burst`` alerts at once, then one every ``every_s``."""

    burst: int = 20
    every_s: float = 10.0


class _Bucket(Struct):
    tokens: float
    filled_ns: int
    held: Alert | None = None


class Limiter:
    """Let alerts through at a rate for each rule and container."""

    def __init__(self, rate: Rate | None = None, max_keys: int = MAX_KEYS) -> None:
        self._rate = rate or Rate()
        self._max = max_keys
        self._buckets: OrderedDict[Key, _Bucket] = OrderedDict()

    @property
    def held(self) -> int:
        """How many keys hold something back now."""
        return sum(1 for bucket in self._buckets.values() if bucket.held is not None)

    def take(self, alert: Alert) -> list[Alert]:
        """Return what goes out now that this alert came: mostly itself."""
        key = (alert.node, alert.workload.id if alert.workload else "", alert.rule)
        out = []
        bucket = self._buckets.get(key)
        if bucket is None:
            out += self._make_room()
            bucket = _Bucket(float(self._rate.burst), alert.time_ns)
            self._buckets[key] = bucket
        self._buckets.move_to_end(key)
        if bucket.held is not None:
            alert = _folded(bucket.held, alert)
            bucket.held = None
        if self._token(bucket, max(alert.time_ns, alert.last_ns)):
            return [*out, alert]
        bucket.held = alert
        return out

    def due(self, now_ns: int) -> list[Alert]:
        """Return what was held and has a token by now."""
        out = []
        for bucket in self._buckets.values():
            if bucket.held is not None and self._token(bucket, now_ns):
                out.append(bucket.held)
                bucket.held = None
        return out

    def flush(self) -> list[Alert]:
        """Return all that is held: the end."""
        return list(self._flushed())

    def _flushed(self) -> Iterator[Alert]:
        for bucket in self._buckets.values():
            if bucket.held is not None:
                yield bucket.held
                bucket.held = None

    def _make_room(self) -> list[Alert]:
        if len(self._buckets) < self._max:
            return []
        _, gone = self._buckets.popitem(last=False)
        return [gone.held] if gone.held is not None else []

    def _token(self, bucket: _Bucket, now_ns: int) -> bool:
        passed_s = max(0, now_ns - bucket.filled_ns) / _SECOND
        bucket.filled_ns = max(bucket.filled_ns, now_ns)
        bucket.tokens = min(self._rate.burst, bucket.tokens + passed_s / self._rate.every_s)
        if bucket.tokens < 1.0:
            return False
        bucket.tokens -= 1.0
        return True


def _folded(before: Alert, then: Alert) -> Alert:
    return replace(
        then,
        time_ns=min(before.time_ns, then.time_ns),
        last_ns=max(before.time_ns, before.last_ns, then.time_ns, then.last_ns),
        count=max(1, before.count) + max(1, then.count),
    )
