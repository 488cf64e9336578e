"""The classes of licences are ordered by what they ask."""

from pratique.model.licence import LicenceClass


def test_unknown_is_neither_mild_nor_the_worst() -> None:
    """It weighs more than what is known to be harmless, less than what is known to be strict."""
    order = sorted(LicenceClass, key=lambda one: one.rank)

    assert order.index(LicenceClass.UNKNOWN) > order.index(LicenceClass.WEAK_COPYLEFT)
    assert order.index(LicenceClass.UNKNOWN) < order.index(LicenceClass.STRONG_COPYLEFT)
    assert len({one.rank for one in LicenceClass}) == len(LicenceClass)
