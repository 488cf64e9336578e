"""Read the ignore rules of Grype's configuration."""

import pytest

from pratique.formats.documents.yaml import parse_yaml
from pratique.formats.ignore.grype_yaml import read_grype_yaml
from pratique.formats.ignore.rule import IgnoreRule
from pratique.model.advisory import FixState
from pratique.model.package import PackageType


def rule(text: str) -> IgnoreRule:
    """Return the one rule of a configuration."""
    found = read_grype_yaml(parse_yaml(f"ignore:\n  - {text}".encode()), "f")
    assert found.problems == ()
    return found.rules[0]


def test_every_field_is_read() -> None:
    """As Grype's README writes them."""
    one = rule(
        "{vulnerability: CVE-2008-4318, include-aliases: true, fix-state: unknown, reason: why,"
        " vex-status: not_affected, vex-justification: vulnerable_code_not_present,"
        " match-type: exact-direct-match, namespace: 'debian:distro:debian:12',"
        " package: {name: libcurl, version: 1.5.1, type: npm, location: /usr/lib/**,"
        " upstream-name: curl}}"
    )
    assert (one.names, one.own_id, one.reason) == (("CVE-2008-4318",), False, "why")
    assert one.fix_states == (FixState.UNKNOWN,)
    assert (one.vex_status, one.vex_justification) == (
        "not_affected",
        "vulnerable_code_not_present",
    )
    assert (one.match_type, one.ecosystem) == ("exact-direct-match", "Debian:12")
    assert (one.package, one.version, one.upstream) == ("libcurl", "1.5.1", "curl")
    assert (one.types, one.paths) == ((PackageType.NPM,), ("/usr/lib/**",))
    assert not one.package_pattern


def test_names_that_look_like_patterns_are() -> None:
    """Grype decides by the characters."""
    assert rule("{package: {name: 'linux-headers-.*'}}").package_pattern
    assert rule("{package: {upstream-name: 'lib(a|b)'}}").upstream_pattern
    assert not rule("{package: {name: kernel-headers}}").package_pattern


def test_without_aliases_the_own_id_counts() -> None:
    """include-aliases is off unless set."""
    assert rule("{vulnerability: CVE-1}").own_id


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{reason: no condition}", "no condition"),
        ("{vulnerability: CVE-1, severity: low}", "'severity'"),
        ("{vulnerability: CVE-1, package: {colour: red}}", "'colour'"),
        ("{vulnerability: CVE-1, namespace: 'nvd:cpe'}", "'nvd:cpe'"),
        ("{fix-state: maybe}", "'maybe'"),
        ("{package: {type: spaceship}}", "'spaceship'"),
        ("{package: {language: klingon}}", "'klingon'"),
        ("{match-type: wild-guess}", "'wild-guess'"),
        ("{package: {name: '(['}}", "no pattern"),
    ],
)
def test_what_cannot_be_honoured_is_left_out_and_told(text: str, word: str) -> None:
    """A condition passed over would ignore more than was meant."""
    found = read_grype_yaml(parse_yaml(f"ignore:\n  - {text}".encode()), "f")
    assert found.rules == ()
    assert word in found.problems[0]


def test_a_configuration_without_rules_has_none() -> None:
    """Its other settings are Grype's own."""
    assert read_grype_yaml(parse_yaml(b"output: table"), "f").rules == ()
