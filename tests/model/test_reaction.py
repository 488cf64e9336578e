"""Law: a measure that was not taken says so."""

from pratique.model.reaction import Measure, Outcome, Reaction


def test_a_refused_measure_keeps_its_reason() -> None:
    reaction = Reaction(
        measure=Measure.KILL,
        outcome=Outcome.REFUSED,
        reason="pid 1 of the node",
        rule="reverse-shell",
        time_ns=1,
        pid=1,
    )
    assert reaction.outcome is Outcome.REFUSED
    assert "pid 1" in reaction.reason
