"""Law: what Prometheus reads are the counts of the watch."""

from pathlib import Path

from msgspec.structs import replace

from pratique.model.alert import Alert, Priority
from pratique.model.baseline import Baseline, Mode
from pratique.model.observation import Called
from pratique.pipelines.watch_holding import Holding
from pratique.pipelines.watch_metrics import WatchMetrics
from pratique.pipelines.watch_node import NodeWatch
from tests.makers.happenings import WEB, event
from tests.pipelines.test_watch_node import settings


def test_counts_are_exposed(tmp_path: Path) -> None:
    """Events by type, alerts by rule, rules, memory."""
    with NodeWatch(settings(tmp_path)) as node:
        while not node.source.ended:
            node.turn()
        text = WatchMetrics(node).exposed().decode()

    assert 'pratique_events_total{type="openat"} 1\n' in text
    assert 'pratique_alerts_total{rule="shadow-read",priority="Error"} 1\n' in text
    assert 'pratique_rules_loaded{source="files"} 1\n' in text
    assert "pratique_resident_memory_bytes " in text


def test_who_asks_gets_what_the_owner_published(tmp_path: Path) -> None:
    """No table is read but by the thread that fills it, once a second."""
    with NodeWatch(settings(tmp_path)) as node:
        metrics = WatchMetrics(node)
        before = metrics.exposed()
        while not node.source.ended:
            node.turn()
        still = metrics.exposed()
        for one in node.each_tick:
            one()
        after = metrics.exposed().decode()

    assert b'type="openat"' not in before
    assert still == before
    assert 'pratique_events_total{type="openat"} 1\n' in after


def test_who_has_no_baseline_is_counted(tmp_path: Path) -> None:
    """Where baselines are asked for; nobody else lacks one."""
    others = (Baseline(digest="sha256:other", workload="x", mode=Mode.DETECT),)
    for baselines, lacking in ((others, 1), ((), 0)):
        asked = settings(tmp_path)
        asked = replace(asked, detecting=replace(asked.detecting, baselines=baselines))
        with NodeWatch(asked) as node:
            while not node.source.ended:
                node.turn()
            text = WatchMetrics(node).exposed().decode()
            assert node.unjudged() == ("web",) * lacking

        assert f"pratique_workloads_without_baseline {lacking}\n" in text
        assert "pratique_drift_allowed_total 0\n" in text


def test_what_is_held_and_given_up_is_exposed(tmp_path: Path) -> None:
    """Also how full the tables are."""
    bare = event("x", Called(), workload=replace(WEB, name="", complete=False), cgroup=7)
    with NodeWatch(settings(tmp_path)) as node:
        holding = node.watch.holding = Holding(lambda before: before, lambda: 0)
        alert = Alert(rule="r", priority=Priority.ERROR, time_ns=0, output="")
        node.watch.raise_alerts((alert, alert), bare)
        held = WatchMetrics(node).exposed().decode()
        list(holding.rest())
        after = WatchMetrics(node).exposed().decode()

    assert 'pratique_queue_depth{queue="held"} 1\n' in held
    assert 'pratique_alerts_held_total{outcome="early"} 2\n' in after
    assert "pratique_lookups_given_up_total 0\n" in after
    assert 'pratique_evictions_total{table="counted"} 0\n' in after
