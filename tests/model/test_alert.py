"""Law: priorities are ordered as Falco orders them, and read by its words."""

from pratique.model.alert import Priority


def test_the_eight_words_are_ordered_from_the_gravest() -> None:
    words = [str(priority) for priority in sorted(Priority, key=lambda one: one.rank)]
    assert words == [
        "Emergency",
        "Alert",
        "Critical",
        "Error",
        "Warning",
        "Notice",
        "Informational",
        "Debug",
    ]
