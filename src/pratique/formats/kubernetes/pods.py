"""
Find every pod that the objects of a manifest would start, and its containers.

Laws: a pod is what a kind of Kubernetes holds at its place (a Pod itself, the template of a workload,
a CronJob's job), and any mapping with a list of ``containers`` that a custom resource embeds (Argo Rollouts, Knative,
OpenKruise…), of which at least one container must name an image, since some
hold only changes to containers made elsewhere. The templates of Argo Workflows hold one container
each. Definitions, schemas and status are no pods. Bounds: ``DEEP`` levels, ``MOST`` pods of an object.
Source: Kubernetes API reference, PodSpec v1 core; Argo Workflows, fields of Template.
"""

from collections.abc import Iterator, Mapping

from pratique.formats.documents.yaml_nodes import MISSING, Node
from pratique.formats.kubernetes.objects import LONGEST_NAME, KubeObject, Part, texts

DEEP = 24
MOST = 2_000
ROLES = ("initContainers", "containers", "ephemeralContainers")
"""The lists of containers that a pod may have."""
_NO_PODS = frozenset({
    "CustomResourceDefinition", "ConfigMap", "Secret", "SecurityContextConstraints",
    "PodSecurityPolicy", "LimitRange",
})  # fmt: skip
_OWN = frozenset({
    "Pod", "PodTemplate", "Deployment", "ReplicaSet", "ReplicationController", "StatefulSet",
    "DaemonSet", "Job", "CronJob", "DeploymentConfig",
})  # fmt: skip
"""Kinds whose containers are containers also where they name no image."""
_WAYS = {
    "Pod": ("spec",),
    "PodTemplate": ("template", "spec"),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
}
"""Where kinds hold their pod that do not hold it at ``spec.template.spec``."""
_ONE_CONTAINER = ("container", "script")


class Container(Part, frozen=True, kw_only=True, dict=True):
    """A container; ``role`` is the list it stands in."""

    pod: "Pod"
    role: str

    @property
    def name(self) -> str:
        """Return its name."""
        return self.at("name").text

    @property
    def image(self) -> str:
        """Return the image as written."""
        return self.at("image").text

    @property
    def runs(self) -> bool:
        """Return whether it goes on running: no init container, but for sidecars."""
        return self.role == "containers" or (
            self.role == "initContainers" and self.at("restartPolicy").text == "Always"
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Return command and arguments."""
        said = (*self.at("command").items, *self.at("args").items)
        return tuple(one.text for one in said)

    def security(self, *path: str) -> Node:
        """Return a field of the securityContext: its own, else the pod's."""
        own = self.at("securityContext", *path)
        return own if own.line else self.pod.at("securityContext", *path)


class Pod(Part, frozen=True, kw_only=True, dict=True):
    """The spec of a pod; ``meta`` is the metadata of what is made of it."""

    object: KubeObject
    meta: Node = MISSING

    @property
    def kind(self) -> str:
        """Return the kind of the object that holds it."""
        return self.object.kind

    @property
    def labels(self) -> Mapping[str, str]:
        """Return the labels of the pods made of it."""
        return texts(self.meta.at("labels"))

    @property
    def annotations(self) -> Mapping[str, str]:
        """Return the annotations of the pods made of it."""
        return texts(self.meta.at("annotations"))

    @property
    def windows(self) -> bool:
        """Return whether it is meant for Windows."""
        return self.at("os", "name").text == "windows"

    @property
    def account(self) -> str:
        """Return the service account it runs as."""
        return self.at("serviceAccountName").text or self.at("serviceAccount").text or "default"

    @property
    def containers(self) -> tuple[Container, ...]:
        """Return its containers, init containers first, in order."""
        return tuple(self._containers())

    def _containers(self) -> Iterator[Container]:
        for role in ROLES:
            for number, node in enumerate(self.at(role).items):
                name = node.at("name").text[:LONGEST_NAME] or str(number)
                yield Container(
                    file=self.file, node=node, place=f"{self.place}/{name}", pod=self, role=role
                )
        for role in _ONE_CONTAINER:
            if not self.at("containers").line and (node := self.at(role)).fields:
                name = self.at("name").text[:LONGEST_NAME] or role
                yield Container(
                    file=self.file,
                    node=node,
                    place=f"{self.place}/{name}",
                    pod=self,
                    role="containers",
                )


def pods_of(one: KubeObject) -> tuple[Pod, ...]:
    """Return the pods of an object, in the order of the file."""
    if one.kind in _NO_PODS:
        return ()
    if one.kind in _OWN:
        way = _WAYS.get(one.kind, ("spec", "template", "spec"))
        node, meta = one.at(*way), one.at(*way[:-1], "metadata")
        made = Pod(file=one.file, node=node, place=one.place, object=one, meta=meta)
        return (made,) if node.fields else ()
    found: list[Pod] = []
    templates = one.group == "argoproj.io" and "Workflow" in one.kind
    for node, meta in _specs(one.node, one.at("metadata"), 0, templates):
        place = one.place if not found else f"{one.place}#{len(found) + 1}"
        found.append(Pod(file=one.file, node=node, place=place, object=one, meta=meta))
        if len(found) >= MOST:
            break
    return tuple(found)


def _specs(node: Node, meta: Node, depth: int, templates: bool) -> Iterator[tuple[Node, Node]]:
    if depth > DEEP:
        return
    if _is_pod(node) or (templates and _is_template(node)):
        yield node, meta
        return
    below = node.at("metadata") or meta
    for key, value in node.fields.items():
        if key not in ("metadata", "status") and not isinstance(value.value, str):
            yield from _specs(value, below, depth + 1, templates)
    for item in node.items:
        yield from _specs(item, meta, depth + 1, templates)


def _is_pod(node: Node) -> bool:
    containers = node.at("containers").items
    if not containers or not all(one.fields for one in containers):
        return False
    return any(one.at("image").text for one in containers)


def _is_template(node: Node) -> bool:
    return any(node.at(role, "image").text for role in _ONE_CONTAINER)
