"""Every pod that an object would start is found, and nothing that is none."""

import pytest

from pratique.formats.kubernetes.objects import read_manifest
from pratique.formats.kubernetes.pods import Pod, pods_of

POD = "{containers: [{name: c, image: i}]}"


def pods(text: str) -> list[Pod]:
    """Return the pods of a manifest."""
    return [pod for one in read_manifest(text.encode(), "f").objects for pod in pods_of(one)]


@pytest.mark.parametrize(
    "text",
    [
        f"{{kind: Pod, apiVersion: v1, spec: {POD}}}",
        f"{{kind: Deployment, apiVersion: apps/v1, spec: {{template: {{spec: {POD}}}}}}}",
        f"{{kind: CronJob, apiVersion: batch/v1, spec: {{jobTemplate: {{spec: {{template: {{spec: {POD}}}}}}}}}}}",
        f"{{kind: PodTemplate, apiVersion: v1, template: {{spec: {POD}}}}}",
        f"{{kind: Rollout, apiVersion: argoproj.io/v1alpha1, spec: {{template: {{spec: {POD}}}}}}}",
        f"{{kind: Service, apiVersion: serving.knative.dev/v1, spec: {{template: {{spec: {POD}}}}}}}",
        f"{{kind: CloneSet, apiVersion: apps.kruise.io/v1alpha1, spec: {{template: {{spec: {POD}}}}}}}",
        f"{{kind: RayCluster, apiVersion: ray.io/v1, spec: {{workers: [{{template: {{spec: {POD}}}}}]}}}}",
        "{kind: Workflow, apiVersion: argoproj.io/v1alpha1, spec: {templates: [{name: t, script: {image: i}}]}}",
        "{kind: Deployment, apiVersion: apps/v1, spec: {template: {spec: {containers: [{name: c}]}}}}",
    ],
)
def test_whatever_embeds_a_pod(text: str) -> None:
    """Own kinds and custom ones."""
    assert [one.role for pod in pods(text) for one in pod.containers] == ["containers"]


@pytest.mark.parametrize(
    "text",
    [
        f"{{kind: ConfigMap, apiVersion: v1, data: {POD}}}",
        f"{{kind: CustomResourceDefinition, apiVersion: v1, spec: {POD}}}",
        "{kind: Prometheus, apiVersion: m/v1, spec: {containers: [{name: only-a-change}]}}",
        "{kind: Rollout, apiVersion: argoproj.io/v1alpha1, spec: {containers: [text]}}",
        "{kind: Deployment, apiVersion: apps/v1, spec: {template: text}}",
        f"{{kind: Pod, apiVersion: v1, status: {POD}}}",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    """Schemas, data, status, and changes to containers made elsewhere."""
    assert pods(text) == []


def test_containers_of_all_roles() -> None:
    """In the order of their start; a sidecar goes on running; the pod's settings are theirs."""
    (pod,) = pods(
        "{kind: Pod, apiVersion: v1, metadata: {labels: {a: b}}, spec: {os: {name: windows},"
        " serviceAccount: s, securityContext: {runAsUser: 7},"
        " containers: [{name: c, image: i, command: [a], args: [b]}],"
        " initContainers: [{name: x}, {name: y, restartPolicy: Always, securityContext: {runAsUser: 0}}],"
        " ephemeralContainers: [{image: e}]}}"
    )

    assert [(one.name, one.role, one.runs) for one in pod.containers] == [
        ("x", "initContainers", False),
        ("y", "initContainers", True),
        ("c", "containers", True),
        ("", "ephemeralContainers", False),
    ]
    assert [one.security("runAsUser").number for one in pod.containers] == [7, 0, 7, 7]
    assert pod.containers[2].words == ("a", "b")
    assert (pod.labels, pod.account, pod.windows) == ({"a": "b"}, "s", True)
    assert len({one.place for one in pod.containers}) == 4


def test_deep_nesting_ends() -> None:
    """Pods are looked for to a depth."""
    text = "{kind: X, apiVersion: v1, a: " + "{b: " * 40 + POD + "}" * 41

    assert pods(text) == []
