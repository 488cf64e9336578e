"""Laws: a paid fix is no fix, an unknown day gives no age, and only data that matched count."""

import pytest
from msgspec.structs import replace

from pratique.model.advisory import FixState
from pratique.model.finding import Evidence, Fix
from pratique.policy.case import Case, age_days, basis, has_fix
from tests.policy.cases import FIXED, FRESH, NOW, OPENSSL, flaw, subject

LENT = replace(FRESH, ecosystem="NVD", scores_only=True)


def case(*packages: object) -> Case:
    one = subject(flaw(), packages=packages or (OPENSSL,))
    return Case(subject=one, findings=one.findings, data=(FRESH, LENT), now=NOW)


@pytest.mark.parametrize(
    ("date", "age"),
    [
        ("2026-11-21T12:00:00Z", 1.0),
        ("2026-11-22", 0.5),
        ("2027-01-01", 0.0),
        ("", None),
        ("yesterday", None),
    ],
)
def test_ages(date: str, age: float | None) -> None:
    assert age_days(date, NOW) == age


def test_a_fix_that_only_customers_get_is_none() -> None:
    assert has_fix(flaw(fix=FIXED))
    assert not has_fix(flaw(fix=Fix(state=FixState.FIXED, version="2", offer="Ubuntu Pro")))
    assert not has_fix(flaw(fix=Fix(state=FixState.FIXED)))


def test_a_fix_has_an_age_where_there_is_a_fix() -> None:
    assert case().fix_age_days(flaw(published="2026-11-12T12:00:00Z")) == 10
    assert case().fix_age_days(flaw(published="")) is None
    unfixed = flaw(fix=Fix(state=FixState.NOT_FIXED))
    assert case().fix_age_days(unfixed) is None


def test_what_only_a_lockfile_names_is_known() -> None:
    assert not case().is_declared_only(flaw())
    assert case(replace(OPENSSL, declared=True)).is_declared_only(flaw())


def test_data_that_only_lent_scores_were_not_needed() -> None:
    assert [one.ecosystem for one in case().needed_data()] == ["Debian"]


def test_a_finding_rests_on_the_data_that_its_evidence_names() -> None:
    said = Evidence(advisory="DSA-1", feed="osv", ecosystem="Debian:12")
    assert [one.ecosystem for one in basis(case(), [flaw(evidence=(said,))])] == ["Debian"]
    assert basis(case(), [flaw()]) == ()
