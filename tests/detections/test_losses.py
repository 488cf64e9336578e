"""Law: no loss is silent, and none is made larger or smaller than the sensor said."""

from pratique.detections.losses import RULE, Losses
from pratique.model.alert import Detector, Priority
from pratique.model.observation import Called, Lost
from tests.makers.happenings import event


def test_a_loss_is_an_alert_with_its_count() -> None:
    """Of the sensor, not of a rule."""
    (alert,) = Losses().see(event("lost", Lost(412, "bulk ring full", "openat"), workload=None))

    assert (alert.rule, alert.priority, alert.detector) == (RULE, Priority.WARNING, Detector.SENSOR)
    assert alert.output == "412 events of type openat lost: bulk ring full"
    assert ("pratique.lost", "412") in alert.fields


def test_a_loss_without_a_count_says_so() -> None:
    """Some kernels' queues only say that they ran over."""
    (alert,) = Losses().see(event("lost", Lost(-1, "queue overflow"), workload=None))

    assert "not known how many" in alert.output


def test_nothing_else_is_a_loss() -> None:
    """Whatever bears the name."""
    assert Losses().see(event("lost", Called())) == ()
    assert Losses().interest().types == {"lost"}
