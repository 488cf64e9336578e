"""The misconfigured image shows all that was put into it; good images show next to nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.model.finding import Finding
from pratique.model.severity import Severity
from pratique.pipelines.check_image import check_image
from pratique.sources.interface import Options
from pratique.sources.target import open_target
from tests.makers.checked import scene_of_image

NOW = datetime(2023, 12, 1, tzinfo=UTC)
"""Two weeks after the images say that they were built."""
MISCONFIGURED = {
    ("permissive-sudoers", "etc/sudoers:2", "high"),
    ("permissive-sshd", "etc/ssh/sshd_config:3", "high"),
    ("permissive-sshd", "etc/ssh/sshd_config:1", "medium"),
    ("permissive-sshd", "etc/ssh/sshd_config:2", "medium"),
    ("authorized-key-left", "root/.ssh/authorized_keys", "medium"),
    ("download-in-cron", "etc/cron.d/beacon:1", "high"),
    ("setuid-file", "usr/local/bin/backdoor", "high"),
    ("setuid-file", "usr/local/bin/setgidtool", "medium"),
    ("world-writable-path", "data/world.txt", "low"),
    ("root-user", "config: USER", "medium"),
    ("exposed-admin-port", "config: EXPOSE 2375", "high"),
    ("exposed-admin-port", "config: EXPOSE 22", "medium"),
    ("runtime-socket-volume", "config: VOLUME /var/run/docker.sock", "high"),
    ("sensitive-volume", "config: VOLUME /etc", "medium"),
    ("secret-in-environment", "config: ENV DB_PASSWORD", "high"),
    ("secret-in-environment", "config: ENV AWS_ACCESS_KEY_ID", "high"),
    ("secret-in-build-argument", "config: build step 4", "high"),
    ("tls-verification-disabled", "config: ENV PIP_TRUSTED_HOST", "medium"),
    ("unverified-download", "config: build step 4", "medium"),
    ("downloaded-script", "config: build step 4", "low"),
    ("latest-tag", "", "low"),
    ("missing-healthcheck", "config: HEALTHCHECK", "negligible"),
    ("missing-image-labels", "config: LABEL", "negligible"),
}
GOOD = {
    "distroless-cc-debian12.oci.tar": {"missing-image-labels"},
    "go-rust-scratch.oci.tar": {"missing-healthcheck", "missing-image-labels"},
    "alpine-3.15-zstd.oci.tar": {"root-user", "missing-image-labels"},
    "debian-12-slim.oci.tar": {"root-user", "missing-image-labels", "setuid-file"},
    "polyglot-ruby-php-conda.oci.tar": {"missing-image-labels"},
}


def found_in(path: Path) -> tuple[Finding, ...]:
    """Return what the checks find in an archive of one image; nothing may stay unknown."""
    opened = open_target(str(path), Options())
    try:
        assert opened.blobs is not None
        (image,) = opened.images
        checked = check_image(scene_of_image(image, opened.blobs, NOW))
    finally:
        opened.close()
    assert checked.unknowns == ()
    return checked.findings


def test_all_that_is_wrong_is_told(shared: Path) -> None:
    """Each thing at its place, with its grade, and nothing else."""
    findings = found_in(shared / "images" / "alpine-3.18-misconfig.oci.tar")

    assert {
        (one.rule, evidence.name, str(one.severity))
        for one in findings
        for evidence in one.evidence
    } == MISCONFIGURED


def test_no_value_is_told(shared: Path) -> None:
    """The image's secrets stand in its config; what the checks write has none of them."""
    findings = found_in(shared / "images" / "alpine-3.18-misconfig.oci.tar")
    written = [(one.id, one.description, one.evidence, one.location) for one in findings]

    assert "Sup3r" not in repr(written)
    assert "ghp" + "_" not in repr(written)


@pytest.mark.parametrize("name", GOOD)
def test_good_images_are_quiet(shared: Path, name: str) -> None:
    """What is told of them is graded low or negligible."""
    findings = found_in(shared / "images" / name)

    assert {one.rule for one in findings} == GOOD[name]
    assert {one.severity for one in findings} <= {Severity.LOW, Severity.NEGLIGIBLE}
