"""Laws: a mistake refuses the whole file and says where it stands; nothing unknown is passed over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.model.errors import UsageError
from pratique.model.verdict import Answer, Mode
from pratique.policy.examples import try_examples
from pratique.policy.policy_file import read_policy

GOOD = b"""\
pratique-policy: 1
name: acme
extends: strict
settings: {max-data-age-days: 3, allowed-licences: [AGPL-3.0-only]}
modes: {root-user: audit}
doubts: {third-party-package: allow}
rules:
  - id: image-without-owner
    match: image
    expression: '!("org.example.owner" in image.labels)'
    message: nobody answers for this image
    fix: add the label
exceptions:
  - finding: [CVE-2026-0001, CVE-2026-0002]
    package: openssl
    versions: "<3.0.12"
    owner: team
    reason: not reachable
    expires: 2026-12-31
examples:
  - name: an image that says whose it is
    evidence: {image: {labels: {org.example.owner: x}}}
    expect: allow
  - name: nobody's
    expect: deny
    fires: [image-without-owner]
  - name: a flaw on an image with an owner
    evidence:
      image: {labels: {org.example.owner: x}}
      packages: [{name: curl, version: 8.1}]
      findings: [{package: curl, severity: critical, fix: "8.2"}]
    expect: deny
    fires: [overdue-critical-fix]
"""


def test_everything_in_a_file_is_read() -> None:
    policy = read_policy(GOOD, "p.yaml")
    (rule,) = policy.rules
    (exception,) = policy.exceptions

    assert (policy.name.name, policy.name.extends, policy.name.place) == (
        "acme",
        "strict",
        "p.yaml",
    )
    assert policy.settings.max_data_age_days == 3
    assert policy.settings.fix_grace_days == 14
    assert policy.settings.allowed_licences == ("AGPL-3.0-only",)
    assert policy.modes["root-user"] is Mode.AUDIT
    assert policy.modes["malware"] is Mode.DENY
    assert policy.doubts["third-party-package"] is Answer.ALLOW
    assert (rule.id, rule.mode, rule.fix, rule.place) == (
        *("image-without-owner", Mode.DENY),
        *("add the label", "p.yaml:8"),
    )
    assert exception.names == ("CVE-2026-0001", "CVE-2026-0002")
    assert exception.place == "p.yaml:14"


def test_its_examples_get_what_they_expect() -> None:
    tried = list(try_examples(read_policy(GOOD, "p.yaml")))
    assert [one.problem for one in tried] == ["", "", ""]


def test_an_example_that_gets_something_else_says_what() -> None:
    content = GOOD.replace(b"expect: allow", b"expect: warn")
    first = next(try_examples(read_policy(content, "p.yaml")))
    assert first.problem == "expected warn, got allow"


def test_the_name_of_the_version_covers_every_byte_and_the_profile() -> None:
    one, other = read_policy(GOOD, "p"), read_policy(GOOD + b"# x\n", "p")
    strict = read_policy(GOOD.replace(b"strict", b"baseline"), "p")
    assert len({one.name.sha256, other.name.sha256, strict.name.sha256}) == 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"policy: 1", b"policy: 2", "p.yaml:1:18: pratique-policy must be 1"),
        (b"extends: strict", b"extends: stricter", "p.yaml:3:10: no extends 'stricter'"),
        (b"name: acme", b"nam: acme", "p.yaml:2:6: a policy has no key 'nam'"),
        (b"{root-user: audit}", b"{root-usr: audit}", "p.yaml:5:19: modes has no key 'root-usr'"),
        (b"{root-user: audit}", b"{root-user: off}", "p.yaml:5:20: no root-user 'off'"),
        (b"days: 3", b"days: soon", "p.yaml:4:31: 'soon' is no number of days"),
        (b"match: image", b"match: layer", "p.yaml:9:12: no match 'layer'"),
        (b"id: image-without-owner", b"id: malware", "p.yaml:8: there is another rule"),
        (b"id: image-without-owner", b"id: Not An Id", "p.yaml:8:9: 'Not An Id' is no id"),
        (b"image.labels)'", b"image.lables)'", "p.yaml:10:49: image has no field 'lables'"),
        (b"    message: nobody answers for this image\n", b"", "p.yaml:8:5: a rule needs message"),
        (b"    owner: team\n", b"", "p.yaml:14:5: an exception needs owner"),
        (b"2026-12-31", b"next year", "p.yaml:19:14: 'next year' is no date"),
        (b'"<3.0.12"', b'"~ 3"', "p.yaml:16:15: "),
        (b"third-party-package", b"unread-content", "p.yaml:6:26: unread-content is always"),
        (b"expect: deny\n    fires", b"expect: no\n    fires", "p.yaml:25:13: no expect 'no'"),
        (b"severity: critical", b"sevrity: critical", "p.yaml:29:7: evidence: "),
        (b"name: acme", b"name: acme\nname: other", "p.yaml:3:1: 'name' stands here twice"),
        (b"name: acme", b"name: [", "p.yaml:"),
        (b"name: acme", b"name: &a acme", "p.yaml:2:7: an anchor"),
    ],
)
def test_a_mistake_is_told_where_it_stands(old: bytes, new: bytes, said: str) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(UsageError) as caught:
        read_policy(GOOD.replace(old, new, 1), "p.yaml")
    assert str(caught.value).startswith(said)
    assert caught.value.hint()


def told(content: bytes) -> str:
    """Return the mistake in a file, or an empty text."""
    try:
        read_policy(content, "p")
    except UsageError as error:
        return str(error)
    return ""


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_told_mistake(content: bytes) -> None:
    assert told(content).startswith("p:")


@given(st.integers(0, len(GOOD)), st.integers(0, 40))
def test_a_damaged_file_is_a_policy_or_a_told_mistake(at: int, length: int) -> None:
    said = told(GOOD[:at] + GOOD[at + length :])
    assert not said or said.startswith("p:")
