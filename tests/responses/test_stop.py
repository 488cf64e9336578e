"""The measure ``stop`` asks the engine, and says what became of it."""

from pratique.model.reaction import Outcome
from pratique.responses import stop as unit
from tests.makers.alerts import CONTAINER, alert
from tests.makers.responses import UNABLE, Remembering, means, order


def test_the_engine_is_asked() -> None:
    """About this container."""
    engine = Remembering()
    done = unit.act(alert(), order("stop"), means(engines=engine))

    assert done.outcome is Outcome.DONE
    assert done.target == CONTAINER
    assert engine.asked[0][:2] == ("stop", CONTAINER)


def test_why_not() -> None:
    """No container, no engine, or one that cannot: a failure with its reason."""
    for told, engine in (
        (alert(workload=None), Remembering()),
        (alert(), None),
        (alert(), Remembering(UNABLE)),
    ):
        done = unit.act(told, order("stop"), means(engines=engine))

        assert done.outcome is Outcome.FAILED
        assert done.detail
