"""A server's silence is told when it begins, once, and again when it comes back."""

from pratique.model.alert import Detector, Priority
from pratique.pipelines.watch_silence import Silence

CRI, KUBERNETES = ("cri", "nobody there"), ("kubernetes", "HTTP 403")


def test_a_silence_and_another():
    """Each by its own name; in words what is not known now."""
    silence = Silence("n1")
    (alert,) = silence.news([CRI], 5)
    assert (alert.rule, alert.priority, alert.detector) == (
        "server-silent",
        Priority.NOTICE,
        Detector.SENSOR,
    )
    assert (alert.time_ns, alert.node) == (5, "n1")
    assert "nobody there" in alert.output

    assert silence.news([CRI], 6) == ()
    (other,) = silence.news([CRI, KUBERNETES], 7)
    assert "owners" in other.output
    assert silence.news([KUBERNETES], 8) == ()
    assert len(silence.news([CRI, KUBERNETES], 9)) == 1
    assert silence.news([], 10) == ()
