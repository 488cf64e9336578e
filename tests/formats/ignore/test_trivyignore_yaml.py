"""Read .trivyignore.yaml."""

from pratique.formats.documents.yaml import parse_yaml
from pratique.formats.ignore.trivyignore_yaml import read_trivyignore_yaml
from pratique.model.finding import FindingKind

SAID = b"""
vulnerabilities:
  - id: CVE-2022-40897
    paths: ["usr/local/lib/python3.9/site-packages/setuptools-58.1.0.dist-info/METADATA"]
    statement: Accept the risk
  - id: CVE-2023-2650
    purls: ["pkg:apk/alpine/libssl3", "pkg:apk/alpine/libcrypto3"]
    expired_at: 2023-09-01
  - statement: no id
  - id: CVE-1
    expired_at: soon
  - id: CVE-2
    severity: low
secrets:
  - id: aws-access-key-id
    purls: [pkg:npm/x]
    paths: ["foo/bar/aws.secret"]
misconfigurations: [{id: AVD-DS-0001}]
licenses: [{id: GPL-3.0}]
other: []
"""


def test_every_field_of_every_section_is_read() -> None:
    """As Trivy's documentation writes them; purls count for vulnerabilities only."""
    found = read_trivyignore_yaml(parse_yaml(SAID), "f")
    one, two, three, four, five = found.rules
    assert (one.names, one.reason) == (("CVE-2022-40897",), "Accept the risk")
    assert one.paths[0].endswith("METADATA")
    assert (two.purls[1], two.expires) == ("pkg:apk/alpine/libcrypto3", "2023-09-01")
    assert FindingKind.VULNERABILITY in two.kinds
    assert (three.kinds, four.kinds, five.kinds) == (
        (FindingKind.SECRET,),
        (FindingKind.CONFIG,),
        (FindingKind.LICENCE,),
    )
    assert three.purls == ()


def test_what_is_not_understood_is_told() -> None:
    """No id, no date, an unknown field, an unknown section."""
    found = read_trivyignore_yaml(parse_yaml(SAID), "f")
    words = ("no id", "'soon' is no date", "'severity'", "'other'")
    assert len(found.problems) == 4
    assert all(word in text for word, text in zip(words, found.problems, strict=True))
