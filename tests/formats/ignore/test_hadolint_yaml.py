"""A configuration of hadolint means here what it means there."""

import pytest

from pratique.formats.ignore.hadolint_yaml import HadolintConfig, read_hadolint_yaml
from pratique.model.errors import FormatError
from pratique.model.severity import Severity

WHOLE = b"""
failure-threshold: warning
format: tty
ignored: [DL3000, SC1010]
label-schema: {author: text}
no-fail: true
override:
  error: [DL3001]
  style: [DL3015]
strict-labels: true
disable-ignore-pragma: true
trustedRegistries: docker.io
colour: x
"""


def test_every_key():
    """What is honoured arrives, what is not is told."""
    config = read_hadolint_yaml(WHOLE, "h.yaml")

    assert config == HadolintConfig(
        ignored=("DL3000", "SC1010"),
        severities={"DL3001": Severity.MEDIUM, "DL3015": Severity.NEGLIGIBLE},
        trusted_registries=("docker.io",),
        labels={"author": "text"},
        strict_labels=True,
        heed_comments=False,
        threshold=Severity.LOW,
        no_fail=True,
        problems=("h.yaml: 'format' is not honoured", "h.yaml: 'colour' is not honoured"),
    )


def test_an_empty_file_says_nothing():
    """As without one."""
    assert read_hadolint_yaml(b"# nothing\n", "h.yaml") == HadolintConfig()


@pytest.mark.parametrize(
    "content", [b"- a", b"ignored: {a: b}", b"override: [a]", b"label-schema: x", b"{"]
)
def test_what_is_no_configuration_is_refused(content: bytes):
    """Else it would silently have no effect."""
    with pytest.raises(FormatError):
        read_hadolint_yaml(content, "h.yaml")
