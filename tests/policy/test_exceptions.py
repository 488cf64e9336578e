"""Laws: an exception reaches as far as it says, until its last day, and its fate is always told."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from pratique.model.finding import FindingKind, Suppressor
from pratique.model.severity import Severity
from pratique.model.unknown import Stage, Unknown
from pratique.model.verdict import Answer, WaiverState
from pratique.policy.exceptions import PolicyException
from pratique.policy.policy import Policy, policy_of
from pratique.policy.profiles import profile
from tests.policy.cases import BLOCKING, NOW, aged, flaw, judged, of_kind, subject, verdict

CVE = "CVE-2026-0001"


def exception(*names: str, **more: object) -> PolicyException:
    fields = {
        "place": "p.yaml:3",
        "names": names or (CVE,),
        "owner": "team-x",
        "reason": "not reachable",
        "expires": date(2026, 12, 31),
        **more,
    }
    return PolicyException(**fields)  # type: ignore[arg-type]


def policy(*exceptions: PolicyException, name: str = "baseline") -> Policy:
    return replace(policy_of(profile(name)), exceptions=exceptions)


def fate(one: PolicyException, *findings: object) -> tuple[str, str]:
    """Return the answer, and what became of an exception."""
    found = verdict(subject(*(findings or (flaw(names=("GHSA-1",)),))), policy(one))  # type: ignore[arg-type]
    return found.answer.value, found.waivers[0].state.value


@pytest.mark.parametrize(
    "one",
    [
        exception(),
        exception("GHSA-1"),
        exception("f1"),
        exception("CVE-1999-1", CVE),
        exception(package="openssl"),
        exception(package="pkg:deb/debian/openssl"),
        exception(package="openssl", versions=">=3.0, <3.0.12"),
        exception(image="registry.example/team/*"),
        exception(image="sha256:*"),
    ],
)
def test_it_holds_for_what_it_names(one: PolicyException) -> None:
    assert fate(one) == ("allow", "applied")


@pytest.mark.parametrize(
    "one",
    [
        exception(package="zlib"),
        exception(package="pkg:rpm/redhat/openssl"),
        exception(package="openssl", versions="<3.0.11"),
        exception(package="openssl", versions="<not a version"),
        exception(path="srv/**"),
        exception(image="registry.example/other/*"),
    ],
)
def test_it_holds_no_further_than_it_says(one: PolicyException) -> None:
    assert fate(one) == ("deny", "not-matching")


def test_its_last_day_is_included() -> None:
    assert fate(exception(expires=NOW.date())) == ("allow", "applied")
    assert fate(exception(expires=NOW.date() - timedelta(days=1))) == ("deny", "expired")


def test_one_that_names_nothing_here_is_told() -> None:
    assert fate(exception("CVE-2020-1")) == ("deny", "unused")


def test_a_reason_names_the_exceptions_that_were_considered() -> None:
    past = exception(expires=date(2026, 1, 1))
    other = exception(package="zlib")
    (reason,) = verdict(subject(flaw()), policy(past, other, exception("CVE-2020-1"))).reasons

    assert [(one.state, one.why) for one in reason.waivers] == [
        (WaiverState.EXPIRED, "its last day was 2026-01-01"),
        (WaiverState.NOT_MATCHING, "it is about zlib"),
    ]


def test_the_finding_stays_in_the_report_with_who_answers_for_it() -> None:
    (finding,) = judged(subject(flaw()), policy(exception())).findings
    assert finding.suppressed == "team-x: not reachable (p.yaml:3, until 2026-12-31)"
    assert finding.suppressed_by is Suppressor.EXCEPTION


def test_a_path_tells_two_findings_of_one_id_apart() -> None:
    one = of_kind(FindingKind.SECRET, id="s", rule="aws-key", location="srv/app/a")
    other = of_kind(FindingKind.SECRET, id="s", rule="aws-key", location="srv/test/a")
    found = judged(subject(one, other), policy(exception("aws-key", path="srv/test/**")))

    assert [bool(finding.suppressed) for finding in found.findings] == [False, True]
    assert found.verdict is not None
    assert found.verdict.answer is Answer.DENY


def test_malware_is_excepted_by_its_rule_only() -> None:
    bad = of_kind(FindingKind.MALWARE, rule="miner", names=("CVE-2026-0001",))
    assert fate(exception(CVE), bad) == ("deny", "unused")
    assert fate(exception("miner"), bad) == ("allow", "applied")


def test_a_check_and_a_doubt_can_be_excepted() -> None:
    root = of_kind(FindingKind.CONFIG, rule="root-user")
    assert verdict(subject(root), policy(exception("root-user"), name="strict")).answer.passes
    stale = policy(exception("stale-advisory-data"))
    assert verdict(subject(), stale, data=(aged(9),)).answer is Answer.ALLOW


def test_a_doubt_is_excepted_where_it_is_about() -> None:
    broken = [
        Unknown(stage=Stage.EXTRACT, unit="wheel", location=f"usr/{name}/METADATA", reason="cut")
        for name in ("a", "b")
    ]
    one = exception("damaged-package-metadata", path="usr/a/**")
    assert verdict(subject(unknowns=(broken[0],)), policy(one)).answer is Answer.ALLOW
    found = verdict(subject(unknowns=tuple(broken)), policy(one))
    assert found.answer is Answer.UNDECIDED
    assert found.reasons[0].unknowns == (broken[1],)


def test_nothing_lets_pass_what_could_not_be_read() -> None:
    one = exception("unread-content")
    found = verdict(subject(unknowns=(BLOCKING,)), policy(one))
    assert (found.answer, found.waivers[0].state) == (Answer.UNDECIDED, WaiverState.UNUSED)


def test_an_exception_leaves_other_findings_counting() -> None:
    other = flaw(Severity.CRITICAL, id="f2", rule="CVE-2026-0002")
    (reason,) = verdict(subject(flaw(), other), policy(exception())).reasons
    assert reason.findings == ("f2",)
