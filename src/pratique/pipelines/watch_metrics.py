"""
Put what a watch counts into the form that Prometheus reads.

Law: tables are read by the thread that fills them, once a second; whoever asks gets the text that
was made last, which nobody changes any more.
"""

import os
import resource
import time
from collections import Counter

from msgspec.structs import asdict

from pratique.outputs.metrics import Metrics
from pratique.pipelines.watch_node import NodeWatch

_PAGE = os.sysconf("SC_PAGE_SIZE")


class WatchMetrics:
    """The metrics of one watch, made anew each second by the thread that turns it."""

    def __init__(self, node: NodeWatch) -> None:
        self._node = node
        self._metrics = Metrics()
        self._metrics.put("start_time_seconds", value=time.time())
        self._exposed = b""
        self.publish()
        node.each_tick.append(self.publish)

    def exposed(self) -> bytes:
        """Return the numbers that were published last; call it from any thread."""
        return self._exposed

    def publish(self) -> None:
        """Publish the numbers of now; call it from the thread that turns the watch."""
        node, put = self._node, self._metrics.put
        for kind, count in node.tally.by_type.items():
            put("events_total", kind, value=count)
        for (rule, priority), count in node.tally.by_rule.items():
            put("alerts_total", rule, priority, value=count)
        counters = node.source.counters()
        put("events_filtered_total", value=counters.filtered)
        for reason, count in counters.lost_by:
            put("events_lost_total", reason, value=count)
        engines = Counter(one.engine for one in node.source.running())
        self._metrics.put_all("workloads", dict(engines))
        put("rules_loaded", "files", value=len(node.detectors.rules.enabled))
        # Answers are given by a thread of their own: a copy is made in one step.
        for (measure, outcome), count in dict(node.reactions).items():
            put("reactions_total", measure, outcome, value=count)
        put("lookups_given_up_total", value=node.given_up())
        put("workloads_without_baseline", value=len(node.unjudged()))
        put("drift_allowed_total", value=node.detectors.drift.allowed_count)
        self._publish_tables()
        self._metrics.stand(node.outlets.standing())
        put("resident_memory_bytes", value=_resident())
        used = resource.getrusage(resource.RUSAGE_SELF)
        put("cpu_seconds_total", value=used.ru_utime + used.ru_stime)
        self._exposed = self._metrics.exposed()

    def _publish_tables(self) -> None:
        """Publish what is held, and how full the tables are."""
        node, put = self._node, self._metrics.put
        counts = node.source.counts()
        put("processes", value=counts.get("processes", 0))
        put("queue_depth", "look-ups", value=counts.get("waiting", 0))
        put("evictions_total", "workloads", value=counts.get("evicted", 0))
        put("evictions_total", "counted", value=node.tally.forgotten)
        holding = node.watch.holding
        if holding is not None:
            put("queue_depth", "held", value=len(holding))
            for outcome, count in asdict(holding.outcomes).items():
                put("alerts_held_total", outcome, value=count)


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * _PAGE
