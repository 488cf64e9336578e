"""
Compare ``pratique lint`` on Kubernetes manifests with checkov, kubescape and kube-linter.

``python -m bench.lint_kubernetes --shared FOLDER`` reads ``fixtures/kubernetes`` and prints three tables:
with checkov by object of real manifests, check by check; with the test cases of kubescape's rules and
of kube-linter's checks by case. ``--list`` names what differs. Without the folder it says so and does
nothing.
"""

import argparse
import csv
import json
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pratique.kit import registry
from pratique.pipelines.lint_kubernetes import Neighbours, checks

KUBESCAPE: Mapping[str, tuple[str, ...]] = {
    "alert-any-hostpath": ("host-path-volume",),
    "anonymous-access-enabled": ("binding-of-anonymous",),
    "dangling-ingress-backend": ("dangling-ingress",),
    "dangling-networkpolicy": ("dangling-network-policy",),
    "deprecated-service-account-field": ("deprecated-account-field",),
    "detect-nginx-ingress-controller-eol": ("retired-ingress-controller",),
    "duplicate-env-var": ("duplicate-pod-variable",),
    "ensure_network_policy_configured_in_labels": ("pod-without-network-policy",),
    "image-not-pinned-to-digest": ("pod-image-without-digest",),
    "immutable-container-filesystem": ("pod-writable-root",),
    "ingress-and-egress-blocked": ("missing-default-deny", "pod-without-network-policy"),
    "insecure-capabilities": ("pod-adds-capability",),
    "non-existent-service-account": ("missing-pod-account",),
    "pods-in-default-namespace": ("default-namespace",),
    "pod-security-admission-applied-2": ("namespace-without-pod-security",),
    "resources-cpu-limit-and-request": ("pod-without-cpu-limit", "pod-without-cpu-request"),
    "resources-cpu-requests": ("pod-without-cpu-request",),
    "resources-memory-limit-and-request": (
        "pod-without-memory-limit",
        "pod-without-memory-request",
    ),
    "resources-memory-requests": ("pod-without-memory-request",),
    "resource-policies": ("pod-without-cpu-limit", "pod-without-memory-limit"),
    "rule-access-dashboard-wl-v1": ("dashboard-in-cluster",),
    "rule-allow-privilege-escalation": ("pod-privilege-escalation",),
    "rule-can-approve-cert-signing-request": ("role-approves-certificates",),
    "rule-can-bind-escalate": ("role-widens-roles",),
    "rule-can-create-pod": ("role-starts-pods",),
    "rule-can-create-pv": ("role-creates-volumes",),
    "rule-can-create-service-account-token": ("role-mints-tokens",),
    "rule-can-delete-k8s-events-v1": ("role-deletes-traces",),
    "rule-can-list-get-secrets-v1": ("role-reads-secrets",),
    "rule-can-modify-admission-webhooks": ("role-changes-webhooks",),
    "rule-credentials-in-env-var": ("credential-in-pod-environment",),
    "rule-privileged-container": ("privileged-pod",),
    "rule-secrets-in-env-var": ("secret-in-pod-environment",),
    "service-with-no-workload": ("dangling-service",),
    "set-seccomp-profile": ("pod-seccomp-unset", "pod-seccomp-unconfined"),
    "ensure-that-the-admission-control-plugin-AlwaysAdmit-is-not-set": (
        "api-server-admits-everything",
    ),
    "ensure-that-the-admission-control-plugin-NamespaceLifecycle-is-set": (
        "api-server-without-namespace-lifecycle",
    ),
    "ensure-that-the-admission-control-plugin-ServiceAccount-is-set": (
        "api-server-without-account-admission",
    ),
    "ensure-that-the-api-server-authorization-mode-argument-includes-RBAC": (
        "api-server-without-rbac",
    ),
    "ensure-that-the-api-server-authorization-mode-argument-is-not-set-to-AlwaysAllow": (
        "api-server-allows-everything",
    ),
    "ensure-that-the-api-server-client-ca-file-argument-is-set-as-appropriate": (
        "api-server-without-client-authority",
    ),
    "ensure-that-the-api-server-encryption-provider-config-argument-is-set-as-appropriate": (
        "api-server-stores-secrets-in-clear",
    ),
    "ensure-that-the-api-server-profiling-argument-is-set-to-false": ("api-server-with-profiling",),
    "ensure-that-the-controller-manager-bind-address-argument-is-set-to-127.0.0.1": (
        "controllers-listen-everywhere",
    ),
    "ensure-that-the-controller-manager-profiling-argument-is-set-to-false": (
        "controllers-with-profiling",
    ),
    "ensure-that-the-controller-manager-root-ca-file-argument-is-set-as-appropriate": (
        "controllers-without-root-authority",
    ),
    "ensure-that-the-scheduler-profiling-argument-is-set-to-false": ("scheduler-with-profiling",),
    "sudo-in-container-entrypoint": ("pod-command-with-sudo",),
}
"""What of ours answers the question of a rule of kubescape."""
_DEFAULT_NAMESPACE = "-in-default-namespace"


class At(NamedTuple):
    """A check that fires: the file, the object or case, and what the other tool calls the check."""

    file: str
    object: str
    check: str


class Agreement(NamedTuple):
    """Where both fire, only we, only they; and what they have that we do not look for."""

    both: frozenset[At]
    we: frozenset[At]
    they: frozenset[At]
    unasked: Counter[str]


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--list", action="store_true", help="name what differs")
    given = parser.parse_args()
    place = given.shared / "fixtures/kubernetes"
    if not place.is_dir():
        sys.exit(f"nothing to compare: {place} is not there")
    for title, unit, found in (
        ("checkov", "objects", with_checkov(place)),
        ("kubescape", "cases", with_kubescape(place)),
        ("kube-linter", "cases", with_kube_linter(place)),
    ):
        print(f"\n## {title}\n")
        show(found, unit, title)
        if given.list:
            for name, only in (("we", found.we), (title, found.they)):
                for one in sorted(only, key=lambda at: (at.check, at.file, at.object)):
                    print(f"only {name}: {one.check} {one.file} {one.object}")


def show(found: Agreement, unit: str, title: str) -> None:
    """Print a table, checks by how often either fires."""
    names = our_names()
    rows = Counter(one.check for one in found.both | found.we | found.they)
    print(f"| check | ours | both ({unit}) | only we | only {title} |\n|---|---|---:|---:|---:|")
    for check, _ in sorted(rows.items(), key=lambda row: (-row[1], row[0])):
        sets = (found.both, found.we, found.they)
        counts = [sum(one.check == check for one in each) for each in sets]
        ours = names.get(check) or KUBESCAPE.get(check) or ("default-namespace",)
        said = ", ".join(f"`{name}`" for name in ours)
        print(f"| {check} | {said} | " + " | ".join(map(str, counts)) + " |")
    totals = (len(found.both), len(found.we), len(found.they))
    print("| all | | " + " | ".join(map(str, totals)) + " |")
    if found.unasked:
        words = ", ".join(f"{check} ({count})" for check, count in sorted(found.unasked.items()))
        print(f"\nNot asked of us: {words}.")


def with_checkov(place: Path) -> Agreement:
    """Compare with what checkov fails of the real manifests, by object."""
    names = our_names()
    they, seen = set(), set()
    unasked: Counter[str] = Counter()
    for row in _lines(place / "expected/checkov-kubernetes.jsonl"):
        if row["check"] in names and row["check"].startswith("CKV_K8S"):
            they.add(At(row["file"], _plain(row["resource"]), row["check"]))
        else:
            unasked[row["check"]] += 1
    for row in _lines(place / "expected/checkov-kubernetes-passed.jsonl"):
        for check in row["checks"]:
            seen.add(At(row["file"], _plain(row["resource"]), check))
    asked = seen | they
    files = _files(place, "files/")
    ours = {
        At(file.removeprefix("files/"), found.replace("/default/", "/"), check)
        for file, found, names_of in _fired(files, alone=True)
        for check in names_of
        if check.startswith("CKV_K8S")
    }
    # What checkov did not look at in an object (its kinds differ by check) is no difference.
    ours = {one for one in ours if one in asked}
    return _agreement(ours, they, unasked)


def with_kubescape(place: Path) -> Agreement:
    """Compare with the test cases of kubescape's rules: a case fires or does not."""
    cases: dict[tuple[str, str], dict[str, bytes]] = defaultdict(dict)
    for name, content in _files(place, "rules-kubescape/").items():
        _, rule, case, *rest = name.split("/")
        cases[rule, case]["/".join(rest)] = content
    ours, they = set(), set()
    unasked: Counter[str] = Counter()
    for row in _table(place / "expected/kubescape-rules.tsv"):
        rule, case = row["rule"], row["case"]
        wanted = KUBESCAPE.get(rule, ())
        if rule.endswith(_DEFAULT_NAMESPACE):
            wanted = ("default-namespace",)
        if not wanted:
            unasked[rule] += 1
            continue
        at = At("", case, rule)
        if row["expected"] == "fail":
            they.add(at)
        fired = {rule_of for _, _, rule_of in _rules(cases[rule, case])}
        if fired & set(wanted):
            ours.add(at)
    return _agreement(ours, they, unasked)


LABELS = ("owner",)
"""The label that kube-linter's own set-up asks for; ours asks for those that somebody names."""


def with_kube_linter(place: Path) -> Agreement:
    """Compare with the test files of kube-linter's checks: by what each is asked to report."""
    names = our_names()
    ours, they = set(), set()
    unasked: Counter[str] = Counter()
    files = _files(place, "rules-kubelinter/")
    for row in _table(place / "expected/kubelinter.tsv"):
        check = row["check"]
        if check not in names:
            unasked[check] += 1
            continue
        at = At("", row["file"].rpartition("/")[2], check)
        if row["expected"] == "fail":
            they.add(at)
        alone = {row["file"]: files[row["file"]]}
        fired = {rule for _, _, rule in _rules(alone, LABELS)}
        if fired & set(names[check]):
            ours.add(at)
    return _agreement(ours, they, unasked)


def our_names() -> dict[str, tuple[str, ...]]:
    """Return our checks by what others call them."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, check in registry.load("checks.kubernetes").items():
        for alias in check.ALIASES:
            found[alias].append(name)
    return {alias: tuple(names) for alias, names in found.items()}


def _agreement(ours: set[At], they: set[At], unasked: Counter[str]) -> Agreement:
    return Agreement(
        frozenset(ours & they), frozenset(ours - they), frozenset(they - ours), unasked
    )


def _fired(
    files: Mapping[str, bytes], *, alone: bool
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield file, object and other names of each finding; ``alone``: each file by itself."""
    wanted = checks(pedantic=True)
    groups = [{name: content} for name, content in files.items()] if alone else [dict(files)]
    for group in groups:
        among = Neighbours(list(group.items()), wanted)
        for name, content in group.items():
            for hit in among.look_at(content, name).hits:
                yield name, getattr(hit.fault, "object", ""), hit.finding.names


def _rules(
    files: Mapping[str, bytes], labels: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, str]]:
    """Yield file, object and rule of each finding in files that stand together."""
    among = Neighbours(list(files.items()), checks(pedantic=True), labels)
    for name, content in files.items():
        for hit in among.look_at(content, name).hits:
            yield name, getattr(hit.fault, "object", ""), hit.finding.rule


def _plain(resource: str) -> str:
    """Return ``Kind.namespace.name`` of checkov as we write it."""
    kind, _, rest = resource.partition(".")
    namespace, _, name = rest.partition(".")
    return "/".join(filter(None, (kind, "" if namespace == "default" else namespace, name)))


def _files(place: Path, below: str) -> dict[str, bytes]:
    with zipfile.ZipFile(place / "files.zip") as archive:
        names = [n for n in archive.namelist() if n.startswith(below) and not n.endswith("/")]
        return {name: archive.read(name) for name in sorted(names)}


def _lines(path: Path) -> Iterable[dict[str, str]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def _table(path: Path) -> Iterable[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


if __name__ == "__main__":
    main()
