"""Ids tell one record from another; times of any number are times."""

from datetime import datetime

from hypothesis import given

from pratique.outputs._texts import happening_id, iso_ns, iso_us, record_id, whole
from tests.makers.alerts import alert, anything, incident, numbers


@given(anything)
def test_an_id_is_a_function_of_the_record(told) -> None:
    """A record that is sent again has the same id."""
    assert record_id(told) == record_id(told)
    assert len(record_id(told)) == 36


def test_what_grew_is_another_record_of_the_same_happening() -> None:
    """A receiver that drops records it has seen still hears of a higher count."""
    assert record_id(alert()) != record_id(alert(count=2))
    assert record_id(alert()) != record_id(alert(sequence=100))
    assert happening_id(alert()) == happening_id(alert(count=2))
    assert record_id(incident()) != record_id(incident(dropped=1))


@given(numbers)
def test_any_time_can_be_written(time_ns) -> None:
    """Times outside of the calendar become its first or last."""
    assert datetime.fromisoformat(iso_us(time_ns)).tzinfo is not None
    assert len(iso_ns(time_ns)) == 30


def test_long_texts_are_cut() -> None:
    """A cut leaves a mark."""
    assert whole("x" * 100_000).endswith("…")
    assert len(whole("x" * 100_000)) == 16_384
