"""What a check is known by elsewhere is a name that exists there, of the shape that it has there."""

import re

import pytest

from pratique.kit import registry

CHECKS = registry.load("checks.kubernetes")

TRIVY = frozenset({*range(1, 19), *range(20, 29), 30, *range(32, 57), *range(102, 126), 1010, 1011})
"""KSV numbers of aquasecurity/trivy-checks, checks/kubernetes, 2026-08."""
TRIVY_CLUSTER = frozenset({*range(1, 23), *range(24, 31), *range(33, 94)})
"""KCV numbers of the same."""
KUBESCAPE = frozenset({
    1, 2, 4, 5, 7, 9, *range(12, 19), 20, 21, 26, 30, 31, *range(34, 40), 41, 42, *range(44, 47),
    *range(48, 51), *range(52, 60), *range(61, 64), *range(65, 71), *range(73, 80), 81,
    *range(83, 86), *range(87, 224), *range(225, 309),
})  # fmt: skip
"""C numbers of kubescape/regolibrary, controls/, 2026-08."""
CHECKOV = frozenset({
    *range(1, 46), 49, *range(68, 76), *range(77, 87), *range(88, 98), 99, 100, 102,
    *range(104, 109), *range(110, 120), 121, *range(138, 142), *range(143, 150),
    *range(151, 160),
})  # fmt: skip
"""CKV_K8S numbers of bridgecrewio/checkov, checkov/kubernetes/checks, 2026-08."""
CHECKOV_GRAPH = frozenset(range(1, 7))
_NAMES = """
access-to-create-pods access-to-secrets cluster-admin-role-binding
dangling-horizontalpodautoscaler dangling-ingress dangling-networkpolicy
dangling-networkpolicypeer-podselector dangling-service dangling-servicemonitor
default-service-account deprecated-service-account-field dnsconfig-options docker-sock
drop-net-raw-capability duplicate-env-var env-value-from env-var-secret exposed-services host-ipc
host-network host-pid hpa-minimum-three-replicas invalid-target-ports
job-ttl-seconds-after-finished latest-tag liveness-port minimum-three-replicas
mismatching-selector no-anti-affinity no-extensions-v1beta no-liveness-probe no-node-affinity
no-read-only-root-fs no-readiness-probe no-rolling-update-strategy non-existent-service-account
non-isolated-pod pdb-max-unavailable pdb-min-available pdb-unhealthy-pod-eviction-policy
priority-class-name privilege-escalation-container privileged-container privileged-ports
read-secret-from-env-var readiness-port required-annotation-email required-label-owner
restart-policy run-as-non-root scc-deny-privileged-container schema-validation
sensitive-host-mounts sorted-keys ssh-port startup-port unsafe-proc-mount unsafe-sysctls
unset-cpu-requirements unset-memory-requirements use-namespace wildcard-in-rules
writable-host-mount
"""
KUBE_LINTER = frozenset(_NAMES.split())
"""Names of the built-in checks of stackrox/kube-linter, 2026-08."""


def known(alias: str) -> bool:
    """Return whether another tool has something of this name."""
    for shape, numbers in (
        (r"KSV-(\d{4,5})", TRIVY),
        (r"KCV-(\d{4})", TRIVY_CLUSTER),
        (r"C-(\d{4})", KUBESCAPE),
        (r"CKV_K8S_(\d+)", CHECKOV),
        (r"CKV2_K8S_(\d+)", CHECKOV_GRAPH),
    ):
        if found := re.fullmatch(shape, alias):
            return int(found[1]) in numbers
    return alias in KUBE_LINTER


@pytest.mark.parametrize("name", CHECKS)
def test_aliases_exist_elsewhere(name: str) -> None:
    """A suppression under another tool's name must mean what that tool means."""
    aliases = CHECKS[name].ALIASES

    assert [one for one in aliases if not known(one)] == []
    assert len(set(aliases)) == len(aliases)


@pytest.mark.parametrize("name", CHECKS)
def test_references_have_their_shape(name: str) -> None:
    """A standard and its part in one text, techniques of MITRE behind its name."""
    for one in CHECKS[name].REFERENCES:
        assert one != "MITRE"
        if one.startswith("MITRE"):
            assert re.fullmatch(r"MITRE T\d{4}(\.\d{3})?", one)
        if one.startswith("CIS-K8s"):
            assert re.fullmatch(r"CIS-K8s-\d\.\d+(\.\d+)?", one)
        if one.startswith("CVE"):
            assert re.fullmatch(r"CVE-\d{4}-\d{4,}", one)


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("KSV-0123", "binding-of-masters"),
        ("KSV-01011", "binding-of-everybody"),
        ("C-0065", "role-impersonates"),
        ("C-0046", "pod-adds-capability"),
        ("C-0048", "host-path-volume"),
        ("C-0038", "host-pid-pod"),
        ("env-var-secret", "credential-in-pod-environment"),
        ("KSV-0043", "role-impersonates"),
    ],
)
def test_names_that_are_easily_mixed_up(alias: str, name: str) -> None:
    """Read in the sources of the tools."""
    assert alias in CHECKS[name].ALIASES
