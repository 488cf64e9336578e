"""One line for people says what, where and how often."""

from pratique.outputs import text
from tests.makers.alerts import alert, incident


def test_an_alert() -> None:
    """Time, priority, rule, words, container, pod, image, verdict, node, count."""
    line = text.written(alert(count=3)).decode()

    assert line.startswith(
        "2027-01-15T08:00:00.123456Z Notice   Terminal shell in container: A shell"
    )
    assert line.endswith(
        "[container=web pod=shop/web-0 image=registry.example/shop/web:1.2 verdict=deny "
        "node=worker-1 ×3]"
    )


def test_an_incident_tells_its_story() -> None:
    """The rules of its alerts in order, and how many more there are."""
    line = text.written(incident(dropped=4)).decode()

    assert "(Terminal shell in container → Drifted executable → 4 more)" in line


def test_a_line_is_bounded() -> None:
    """An argument of a megabyte does not make a line of one."""
    assert len(text.written(alert(output="x" * 2_000_000))) < 20_000
