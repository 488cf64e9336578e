"""`pratique explain` knows units, rules and the advisories that are on this machine."""

import pytest

from pratique.cli.explain import rules
from tests.cli.scanning import Run


@pytest.mark.parametrize("rule", ["ambiguous-layer", "distro-end-of-life"])
def test_a_rule_says_what_it_means_and_what_to_do(pratique: Run, rule: str) -> None:
    """Findings that are no published flaw are explained in words that fit a terminal."""
    code, out, _ = pratique("explain", rule)

    assert code == 0
    assert out.startswith(f"{rule} (rule)\n")
    assert "uild" in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_rules_are_found_by_their_modules() -> None:
    """A module that declares RULES is all it takes."""
    assert {"ambiguous-layer", "distro-end-of-life"} <= set(rules())


@pytest.mark.parametrize("alias", ["CIS-DI-0001", "cis-docker-4.1", "DL3002"])
def test_a_check_is_known_by_what_others_call_it(pratique: Run, alias: str) -> None:
    """Dockle's, the benchmark's and hadolint's names lead to the rule, and to all its names."""
    code, out, _ = pratique("explain", alias)

    assert code == 0
    assert "root-user (rule)\n" in out
    assert "Also called CIS-DI-0001," in out


def test_a_name_that_several_checks_share_explains_them_all(pratique: Run) -> None:
    """CIS-DI-0010 means credentials wherever they stand."""
    _, out, _ = pratique("explain", "CIS-DI-0010")

    assert "secret-in-environment (rule)" in out
    assert "secret-on-command-line (rule)" in out


def test_a_unit_shows_its_docstring(pratique: Run) -> None:
    """A name that two kinds share shows both."""
    _, out, _ = pratique("explain", "dpkg")

    assert "dpkg (extractors)" in out
    assert "dpkg (matchers)" in out


def test_a_rule_of_another_tool_leads_to_the_tool(pratique: Run) -> None:
    """Findings name the tool before its own rule id."""
    code, out, _ = pratique("explain", "bandit:B608")

    assert code == 0
    assert "bandit:B608 (rule of bandit)\n" in out
    assert "Install it: pipx install bandit" in out
    assert "*.py" in out
    assert pratique("explain", "nobody:B608")[0] == 2


def test_a_rule_of_ours_for_another_tool_says_what_it_means(pratique: Run) -> None:
    """With the line on which it fires and the sound one."""
    code, out, _ = pratique("explain", "semgrep:python-eval")

    assert code == 0
    assert "(CWE-95)" in out
    assert "ast.literal_eval(x)" in out
    assert "no rule of ours" in pratique("explain", "semgrep:nothing")[1]


def test_a_unit_without_files_names_none(pratique: Run) -> None:
    """What looks at a running application asks for no file."""
    _, out, _ = pratique("explain", "wapiti")

    assert "wapiti (assessors)" in out
    assert "Files:" not in out


def test_an_advisory_is_explained_from_the_data_that_are_here(pratique: Run, image: str) -> None:
    """After a scan, what is known of the flaw: score, package, range."""
    assert pratique("explain", "CVE-2026-1001")[0] == 2
    assert pratique("scan", image)[0] == 0
    code, out, _ = pratique("explain", "CVE-2026-1001")

    assert code == 0
    assert "DEBIAN-CVE-2026-1001  a flaw in openssl  [osv]" in out
    assert "Debian:12 openssl: fixed, from 0 to before 1.2-3" in out


def test_an_unknown_name_is_a_usage_error(pratique: Run) -> None:
    """With the way to learn what there is; the name is made harmless."""
    code, out, err = pratique("explain", "\x1b[2Jtea")

    assert (code, out) == (2, "")
    assert "\x1b" not in err
    assert "pratique list" in err
