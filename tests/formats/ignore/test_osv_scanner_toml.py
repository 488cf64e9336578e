"""Read osv-scanner.toml."""

from pratique.formats.documents.toml import parse_toml
from pratique.formats.ignore.osv_scanner_toml import read_osv_scanner_toml

SAID = b"""
GoVersionOverride = "1.20.0"
[[IgnoredVulns]]
id = "GO-2022-0968"
ignoreUntil = 2022-11-09
reason = "No ssh servers are connected"
[[IgnoredVulns]]
reason = "no id"
[[IgnoredVulns]]
id = "X"
severity = "low"
[[PackageOverrides]]
name = "lib-.*"
nameIsRegex = true
version = "1.0.0"
ecosystem = "Go"
group = "dev"
ignore = true
effectiveUntil = 2026-11-09T00:00:00Z
reason = "abc"
[[PackageOverrides]]
ecosystem = "npm"
vulnerability.ignore = true
[[PackageOverrides]]
name = "x"
license.override = ["MIT"]
[[PackageOverrides]]
name = "(["
nameIsRegex = true
ignore = true
"""


def test_every_field_is_read() -> None:
    """Vulnerabilities by id, packages by name, version, ecosystem and group."""
    one, two, three = read_osv_scanner_toml(parse_toml(SAID), "f").rules
    assert (one.names, one.expires, one.reason) == (
        ("GO-2022-0968",),
        "2022-11-09",
        "No ssh servers are connected",
    )
    assert (two.package, two.package_pattern, two.version) == ("lib-.*", True, "1.0.0")
    assert (two.ecosystem, two.group, two.expires[:10]) == ("Go", "dev", "2026-11-09")
    assert (three.ecosystem, three.package, three.names) == ("npm", "", ())


def test_what_is_not_honoured_is_told() -> None:
    """Other settings, no id, an unknown field, licences, a broken pattern."""
    problems = read_osv_scanner_toml(parse_toml(SAID), "f").problems
    words = ("GoVersionOverride", "no id", "'severity'", "licences", "no pattern")
    assert len(problems) == 5
    assert all(word in text for word, text in zip(words, problems, strict=True))
