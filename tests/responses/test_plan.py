"""A plan does what it says, and a mistake refuses all of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.model.alert import Priority
from pratique.model.errors import UsageError
from pratique.model.reaction import Measure
from pratique.responses.plan import Match, exemption_of, matches, orders, read_plan, takes_measures
from tests.makers.alerts import alert, alerts

PLAN = b"""
pratique-responses: 1
rate: {per-workload: 2, overall: 9, seconds: 30}
exempt:
  - {namespace: kube-*, reason: the cluster stops without it}
responses:
  - name: miners
    match: {tag: mitre_impact, priority: critical, image: "registry.example/shop/*"}
    measures: [kill, record]
    dry-run: false
    signal: HUP
  - name: watch-all
    measures: [alert, kill]
"""


def plan(content=PLAN):
    return read_plan(content, "plan.yaml")


def measures(told):
    return [(one.measure, one.dry_run) for one in orders(plan(), told)]


def test_measures_come_mildest_first_and_each_once() -> None:
    """A record is made before anything is ended; what is for real in one response is for real."""
    miner = alert(tags=("mitre_impact",), priority=Priority.ALERT)

    assert measures(miner) == [
        (Measure.ALERT, True),
        (Measure.RECORD, False),
        (Measure.KILL, False),
    ]
    assert measures(alert()) == [(Measure.ALERT, True), (Measure.KILL, True)]


@pytest.mark.parametrize(
    ("match", "yes"),
    [
        ({}, True),
        ({"rule": "Terminal*"}, True),
        ({"rule": "Terminal"}, False),
        ({"tag": "T1059*"}, True),
        ({"priority": "Notice"}, True),
        ({"priority": "Warning"}, False),
        ({"container": "web"}, True),
        ({"container": "c0ffee*"}, True),
        ({"image": "*/web:*"}, True),
        ({"image": "sha256:abab*"}, True),
        ({"namespace": "shop", "pod": "web-?"}, True),
        ({"label": "app=web"}, True),
        ({"label": "app=db"}, False),
        ({"verdict": "deny"}, True),
        ({"detector": "rules", "verdict": "allow"}, False),
    ],
)
def test_every_field_must_hold(match, yes) -> None:
    """An empty one holds always."""
    assert matches(Match(**match), alert()) is yes


def test_fields_of_a_container_never_hold_for_the_node() -> None:
    """``*`` is any container, not none."""
    assert not matches(Match(container="*"), alert(workload=None))


@pytest.mark.parametrize(
    ("content", "real"),
    [
        (b"", False),
        (b"responses: [{name: a, measures: [kill]}]", False),
        (b"responses: [{name: a, measures: [kill], dry-run: false}]", True),
        (b"dry-run: false\nresponses: [{name: a, measures: [kill]}]", True),
        (b"dry-run: false\nresponses: [{name: a, measures: [kill], dry-run: true}]", False),
        (b"dry-run: false", False),
    ],
)
def test_measures_are_really_taken_where_one_response_says_so(content, real) -> None:
    """A response says it for itself, the plan for those that do not."""
    plan = read_plan(b"pratique-responses: 1\n" + content, "x")

    assert takes_measures(plan) is real


def test_exemptions() -> None:
    """With their reason; never for the node."""
    from msgspec.structs import replace

    from tests.makers.alerts import WORKLOAD

    inside = alert(workload=replace(WORKLOAD, namespace="kube-system"))

    assert exemption_of(plan(), inside) == "exempt: the cluster stops without it"
    assert exemption_of(plan(), alert()) == ""
    assert exemption_of(plan(), alert(workload=None)) == ""


def test_everything_is_a_dry_run_unless_somebody_says_otherwise() -> None:
    """The plan's word holds where a response has none."""
    content = b"pratique-responses: 1\nresponses: [{name: a, measures: [kill]}]"

    assert orders(plan(content), alert())[0].dry_run
    assert not orders(plan(content + b"\ndry-run: false"), alert())[0].dry_run


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "plan.yaml"),
        (b"pratique-responses: 2", "plan.yaml:1:"),
        (b"pratique-responses: 1\nrespones: []", "plan.yaml:2:1"),
        (PLAN.replace(b"[kill, record]", b"[kil]"), "plan.yaml:9:"),
        (PLAN.replace(b"tag:", b"tags:"), "plan.yaml:8:"),
        (PLAN.replace(b"critical", b"urgent"), "no priority 'urgent'"),
        (PLAN.replace(b"HUP", b"HIP"), "no signal 'HIP'"),
        (PLAN.replace(b"[kill, record]", b"[]"), "needs a name and measures"),
        (PLAN.replace(b"namespace: kube-*, ", b""), "without a pattern"),
        (PLAN.replace(b"overall: 9", b"overall: 0"), "rate"),
        (b"a: [" * 300, "plan.yaml"),
    ],
)
def test_mistakes(content, words) -> None:
    """Named with file and line where there is one."""
    with pytest.raises(UsageError) as caught:
        plan(content)

    assert words in str(caught.value)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_plan_or_a_usage_error(content) -> None:
    """Nothing else is raised."""
    try:
        plan(content)
    except UsageError:
        pass


@given(alerts)
def test_any_alert_can_be_matched(told) -> None:
    """Hostile texts are matched as they are."""
    orders(plan(), told)
    exemption_of(plan(), told)
