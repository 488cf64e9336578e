"""`pratique policy` tells policies in plain words and runs their examples."""

from pathlib import Path

import pytest

from tests.cli.scanning import Run
from tests.policy.test_policy_file import GOOD


def test_the_profiles_are_listed(pratique: Run) -> None:
    code, out, _ = pratique("policy", "show")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["permissive", "baseline", "strict"]


@pytest.mark.parametrize("name", ["permissive", "baseline", "strict"])
def test_every_rule_of_a_profile_is_told_once(pratique: Run, name: str) -> None:
    from pratique.policy.doubts import DOUBTS
    from pratique.policy.rules import RULES

    _, out, _ = pratique("policy", "show", name)
    firsts = [line.split()[0] for line in out.splitlines()[2:] if line.startswith("  ")]
    for told in (*(one.name for one in RULES), *DOUBTS):
        assert firsts.count(told) == 1


def test_a_file_is_told_with_its_rules_and_exceptions(pratique: Run, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_bytes(GOOD)
    _, out, _ = pratique("policy", "show", str(file))

    assert "acme (" in out
    assert "extends strict" in out
    assert "deny  image-without-owner: nobody answers for this image" in out
    assert '!("org.example.owner" in image.labels)' in out
    assert "CVE-2026-0001, CVE-2026-0002 in openssl <3.0.12 may pass" in out
    assert "until 2026-12-31: not reachable (team answers for it)" in out


def test_examples_that_hold_are_zero(pratique: Run, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_bytes(GOOD)
    code, out, _ = pratique("policy", "test", str(file))

    assert code == 0
    assert out.splitlines()[-1] == f"{file}: 1 rules, 1 exceptions, 3 examples, 0 failed"


def test_an_example_that_fails_is_one_and_says_why(pratique: Run, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_bytes(
        GOOD.replace(b"expect: deny\n    fires: [image", b"expect: allow\n    fires: [image")
    )
    code, out, _ = pratique("policy", "test", str(file))

    assert code == 1
    assert "expected allow, got deny (image-without-owner)" in out
    assert "deny  image-without-owner: nobody answers for this image" in out


def test_a_mistake_is_two(pratique: Run, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_bytes(b"pratique-policy: 1\nrule: []\n")
    code, _, err = pratique("policy", "test", str(file))

    assert code == 2
    assert "did you mean 'rules'?" in err
