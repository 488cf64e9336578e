"""Metrics are the text format of Prometheus, bounded, and count right."""

import re
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.outputs.delivery import Standing
from pratique.outputs.metrics import MAX_SERIES, METRICS, Metrics
from tests.makers.alerts import texts

# The grammar of the text format 0.0.4, line by line.
HELP = re.compile(r"# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)")
TYPE = re.compile(r"# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)")
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="((?:[^"\\\n]|\\["\\n])*)"'
SAMPLE = re.compile(
    rf"([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{{({LABEL}(?:,{LABEL})*)\}})? (-?[0-9.e+-]+|NaN|[+-]Inf)"
)


def read(page: bytes) -> dict[str, float]:
    """Read a page as Prometheus does: series -> value; fails on what is no such page."""
    found, family = {}, ""
    lines = page.decode().split("\n")
    assert lines.pop() == ""
    for line in lines:
        if head := HELP.fullmatch(line) or TYPE.fullmatch(line):
            family = head[1]
            continue
        sample = SAMPLE.fullmatch(line)
        assert sample, line
        assert sample[1] == family
        series = line.rpartition(" ")[0]
        assert series not in found
        found[series] = float(sample[5])
    return found


def test_counters_and_gauges() -> None:
    """Counters add up, gauges are as set last, what was never counted without labels is 0."""
    metrics = Metrics()
    metrics.add("events_total", "openat")
    metrics.add("events_total", "openat", amount=4)
    metrics.put("processes", value=7)
    metrics.put("processes", value=5)
    found = read(metrics.exposed())

    assert found['pratique_events_total{type="openat"}'] == 5
    assert found["pratique_processes"] == 5
    assert found["pratique_events_filtered_total"] == 0


def test_deliveries() -> None:
    """Depth, errors and losses by destination."""
    metrics = Metrics()
    metrics.stand({"json=https://a/": Standing(waiting=3, dropped=2, failures=1)})
    found = read(metrics.exposed())

    assert found['pratique_spool_records{destination="json=https://a/"}'] == 3
    assert (
        found['pratique_delivery_lost_total{destination="json=https://a/",reason="dropped"}'] == 2
    )


def test_what_is_gone_is_gone() -> None:
    """An engine without containers does not keep its last number."""
    metrics = Metrics()
    metrics.put_all("workloads", {"podman": 3, "docker": 1})
    metrics.put_all("workloads", {"podman": 2})

    assert {
        key: value for key, value in read(metrics.exposed()).items() if "workloads{" in key
    } == {'pratique_workloads{engine="podman"}': 2}


@given(st.lists(st.tuples(texts, texts), max_size=20))
def test_any_labels(labels) -> None:
    """Hostile names stay inside their quotes."""
    metrics = Metrics()
    for rule, priority in labels:
        metrics.add("alerts_total", rule, priority)
    found = {key: value for key, value in read(metrics.exposed()).items() if "alerts" in key}

    assert sum(found.values()) == len(labels)


def test_labels_are_bounded() -> None:
    """A name for each event does not make memory grow; no count is lost."""
    metrics = Metrics()
    for number in range(MAX_SERIES + 500):
        metrics.add("events_total", str(number))
    found = {key: value for key, value in read(metrics.exposed()).items() if "events_total" in key}

    assert len(found) == MAX_SERIES + 1
    assert sum(found.values()) == MAX_SERIES + 500
    assert found['pratique_events_total{type="other"}'] == 500


def test_wrong_labels_are_a_mistake() -> None:
    """A series with fewer labels than its metric would be another metric."""
    with pytest.raises(ValueError, match="labels"):
        Metrics().add("alerts_total", "one")


def test_threads_lose_no_count() -> None:
    """Counting from several threads adds up."""
    metrics = Metrics()

    def count() -> None:
        for _ in range(2000):
            metrics.add("events_total", "x")

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert read(metrics.exposed())['pratique_events_total{type="x"}'] == 8000


def test_names_follow_the_custom() -> None:
    """Counters end in _total, units are in names, every metric says what it is."""
    for metric in METRICS:
        assert metric.name.endswith("_total") == (metric.kind == "counter")
        assert metric.help.endswith(".")
