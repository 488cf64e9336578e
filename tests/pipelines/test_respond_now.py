"""A measure by hand goes through the same guard and log as any other."""

import os

import pytest
from msgspec.structs import replace

from pratique.model.errors import TargetError
from pratique.model.reaction import Measure, Outcome
from pratique.pipelines.respond_now import Asked, find_container, reaction_log, respond_now
from pratique.responses.plan import Plan
from tests.makers.alerts import WORKLOAD
from tests.makers.responses import sleeper

OTHER = replace(WORKLOAD, id="c0ffff" + "0" * 58, name="web", engine="docker")


def test_containers_are_found_by_name_id_or_its_beginning() -> None:
    """Where that is one container."""
    for name in ("web", WORKLOAD.id, "c0ffee"):
        assert find_container(name, iter((WORKLOAD, WORKLOAD))) == WORKLOAD


@pytest.mark.parametrize(
    ("name", "words"), [("web", "several"), ("c0f", "no container"), ("x", "no")]
)
def test_what_is_none_or_several(name, words) -> None:
    """Nothing is guessed."""
    with pytest.raises(TargetError, match=words):
        find_container(name, iter((WORKLOAD, OTHER)))


def asked(pid, **changed):
    facts = {"measure": Measure.KILL, "target": str(pid), "really": True, "node": True}
    return Asked(**(facts | changed))


def test_a_process_of_the_node(tmp_path) -> None:
    """Only with a word for it, only for real when asked, never a child of pratique itself."""
    environ = {"PRATIQUE_DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    plan = Plan(version="1")
    with sleeper() as child:
        done = respond_now(asked(child.pid), plan, environ)
        without = respond_now(asked(child.pid, node=False), plan, environ)

        assert "children" in done.detail
        assert "node: true" in without.detail
        assert child.poll() is None
    assert {one.outcome for one in (done, without)} == {Outcome.REFUSED}
    assert reaction_log(environ).read(9) == [done, without]


def test_no_such_process(tmp_path) -> None:
    """It is a mistake, not a refusal."""
    with sleeper() as child:
        pid = child.pid
    with pytest.raises(TargetError):
        respond_now(asked(pid), Plan(version="1"), {"PRATIQUE_DATA_DIR": str(tmp_path)})
