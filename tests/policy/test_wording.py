"""Law: a verdict is told in a few lines: the answer, each reason, each exception, the data."""

from datetime import date

from msgspec.structs import replace

from pratique.model.finding import FindingKind
from pratique.policy.exceptions import PolicyException
from pratique.policy.policy import policy_of
from pratique.policy.profiles import profile
from pratique.policy.wording import describe_verdict, list_findings, name_finding
from tests.policy.cases import BLOCKING, flaw, of_kind, subject, verdict

GOLDEN = """\
DENY  app:1  under baseline (HASH)
  digest sha256:6105d6cc76af400325e94d588ce511be5bfdbb73b437dc51eca43917d7a43e3d
  deny       standing-secret: 1 finding: a secret that anybody who has the image can read: \
aws-key in srv/app/x:7
             → rotate it, then take it out of the build
  undecided  unread-content: a layer, a package database or a scanner's whole work could not be \
read: sha256:1: cut
             → raise the named limit if you trust the image, or mend the image
  recorded only: milder-flaw
  exception p.yaml:3 (CVE-2026-0001): applied until 2026-12-31, 1 findings; team: not reachable
  exception p.yaml:9 (CVE-2020-1): matches nothing here; remove it
  exception p.yaml:12 (aws-key): expired: its last day was 2026-01-01
  data: Debian from osv, fetched 2026-11-22, newest record 2026-11-21"""


def exception(place: str, name: str, last: date) -> PolicyException:
    return PolicyException(
        place=place, names=(name,), owner="team", reason="not reachable", expires=last
    )


def test_a_verdict_in_words() -> None:
    policy = replace(
        policy_of(profile("baseline")),
        exceptions=(
            exception("p.yaml:3", "CVE-2026-0001", date(2026, 12, 31)),
            exception("p.yaml:9", "CVE-2020-1", date(2026, 12, 31)),
            exception("p.yaml:12", "aws-key", date(2026, 1, 1)),
        ),
    )
    secret = of_kind(FindingKind.SECRET, rule="aws-key", line=7)
    from pratique.model.severity import Severity

    mild = flaw(Severity.LOW, id="f2", rule="CVE-2026-0002")
    one = subject(flaw(), mild, secret, unknowns=(BLOCKING,))
    found = verdict(one, policy)
    told = "\n".join(describe_verdict("app:1", found))

    assert told.replace(found.policy.sha256[:12], "HASH") == GOLDEN


def test_only_a_few_things_are_named() -> None:
    many = [flaw(rule=f"CVE-2026-{number}") for number in range(9)]
    assert list_findings("bad", many).endswith(
        "CVE-2026-2 in openssl 3.0.11-1 (fixed in 3.0.12-1), and 6 more"
    )


def test_a_finding_is_named_by_package_or_place() -> None:
    assert name_finding(of_kind(FindingKind.SECRET, line=0)) == "some-secret in srv/app/x"
    assert name_finding(of_kind(FindingKind.SECRET, location="")) == "some-secret"
