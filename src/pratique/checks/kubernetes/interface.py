"""
Hold what the checks of Kubernetes manifests look at, and how their samples are written.

A check is one module here with what ``checks/interface.py`` asks for, except that ``look`` yields
faults, one for each place, and samples are the text of a file (or of several, as a tuple):

* ``NAME`` shares one name space with all other checks, so it says what it is of: ``privileged-pod``.
* ``ALIASES`` are what other tools call the same thing: ``KSV-0017`` (Trivy), ``CKV_K8S_16``
  (checkov), ``C-0057`` (kubescape), ``privileged-container`` (kube-linter). Suppressions work by them.
* ``REFERENCES`` are what standards say of it: ``PSS baseline``, ``CIS-K8s-5.2.2`` (benchmark 1.12),
  ``NSA/CISA``, ``MITRE T1611``. They explain; nothing is suppressed by them.
* ``CONTROLS`` are the controls of the Pod Security Standards that the check decides, alone or with
  others, as Kubernetes' own admission names them; left out elsewhere.
* ``ACROSS = True``: what it tells of one file depends on the others.
* ``PEDANTIC = True``: told under ``--pedantic`` only.
* ``BAD`` fires, ``GOOD`` is silent, ``FIXED`` are pairs of a file and what all fixes make of it.

Laws: a check reads what is written, with the defaults of Kubernetes for what is not; what a cluster
adds on admission is not known here. A secret's value never stands in a note.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol, TypeAlias

from msgspec import Struct

from pratique.formats.documents.yaml_edits import set_field
from pratique.formats.kubernetes.objects import KubeObject, Manifest, Part, read_manifest
from pratique.formats.kubernetes.pods import Container, Pod, pods_of
from pratique.model.edit import Edit
from pratique.model.fault import Fault, FixClass
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NEWEST = (1, 37)
"""The version of Kubernetes whose rules hold where nobody says which."""
_LONGEST_NOTE, _LONGEST_KEY = 480, 300
"""Characters: names are the manifest's to choose."""


class ManifestFault(Fault, frozen=True, kw_only=True):
    """A fault, the file it stands in and the object it is about (``Deployment/shop/web``)."""

    file: str
    object: str = ""


class Scene(Struct, frozen=True, kw_only=True, dict=True):
    """
    All manifests that are looked at together, and the version of Kubernetes they are meant for.

    What refers to what (bindings, selectors, claims) is looked for among all of them.
    ``required_labels`` are those that somebody asks for.
    """

    manifests: tuple[Manifest, ...]
    version: tuple[int, int] = NEWEST
    required_labels: tuple[str, ...] = ()

    @cached_property
    def objects(self) -> tuple[KubeObject, ...]:
        """Return all objects, in the order of the files."""
        return tuple(one for manifest in self.manifests for one in manifest.objects)

    @cached_property
    def pods(self) -> tuple[Pod, ...]:
        """Return all pods."""
        return tuple(pod for one in self.objects for pod in pods_of(one))

    @cached_property
    def containers(self) -> tuple[Container, ...]:
        """Return all containers of all pods."""
        return tuple(one for pod in self.pods for one in pod.containers)

    @cached_property
    def running(self) -> tuple[Container, ...]:
        """Return the containers that go on running."""
        return tuple(one for one in self.containers if one.runs)

    @cached_property
    def pods_in(self) -> Mapping[str, list[tuple[Pod, Mapping[str, str]]]]:
        """Return the pods of each namespace with their labels."""
        found: dict[str, list[tuple[Pod, Mapping[str, str]]]] = {}
        for pod in self.pods:
            found.setdefault(namespace_of(pod.object), []).append((pod, pod.labels))
        return found

    @cached_property
    def pods_with(self) -> Mapping[tuple[str, str, str], list[tuple[Pod, Mapping[str, str]]]]:
        """Return the pods of each namespace that have a label of this value, with all labels."""
        found: dict[tuple[str, str, str], list[tuple[Pod, Mapping[str, str]]]] = {}
        for space, pods in self.pods_in.items():
            for pod, labels in pods:
                for key, value in labels.items():
                    found.setdefault((space, key, value), []).append((pod, labels))
        return found

    def of(self, *kinds: str) -> Iterator[KubeObject]:
        """Yield the objects of these kinds."""
        return (one for one in self.objects if one.kind in kinds)

    def named(self, *kinds: str) -> frozenset[tuple[str, str]]:
        """Return namespace and name of the objects of these kinds."""
        return frozenset((namespace_of(one), one.name) for one in self.of(*kinds))

    def set(self, part: Part, value: str, *path: str) -> tuple[Edit, ...]:
        """Return the edit by which a scalar or flow text stands at a path of a part."""
        return set_field(part.file, self._contents[part.file], part.node, path, value)

    @cached_property
    def _contents(self) -> Mapping[str, bytes]:
        return {one.file: one.content for one in self.manifests}


def told(part: Part, note: str, *path: str | int, **more: object) -> ManifestFault:
    """
    Return a fault at a path of a part, or at the nearest thing above it that is there.

    ``more`` are fields of ``Fault``; ``key`` is added to the names of the part.
    """
    node = part.nearest(*path)
    first = next(iter(node.keys.values()), node)
    key = "/".join(filter(None, (part.place, str(more.pop("key", ""))[:_LONGEST_KEY])))
    owner = part if isinstance(part, KubeObject) else None
    pod = part.pod if isinstance(part, Container) else part
    owner = owner or (pod.object if isinstance(pod, Pod) else None)
    said: dict[str, object] = {
        "line": node.line or 1,
        "note": f"{_called(part)}: {note}"[:_LONGEST_NOTE],
        "start": node.start,
        "end": first.end if node.fields else node.end,
        "key": key,
        "file": part.file,
        "object": owner.place if owner else part.place,
    }
    return ManifestFault(**{**said, **more})  # type: ignore[arg-type]


def namespace_of(one: KubeObject) -> str:
    """Return the namespace an object is in, ``default`` where it names none."""
    return one.namespace or "default"


def _called(part: Part) -> str:
    """
    Return what a part is called in a note.

    >>> _called(scene_of(workload()).containers[0])
    'container web of Deployment/shop/web'
    """
    if isinstance(part, Container):
        role = {"initContainers": "init container", "ephemeralContainers": "ephemeral container"}
        said = part.name or part.image or "without a name"
        return f"{role.get(part.role, 'container')} {said} of {part.pod.object.place}"[:200]
    return part.place[:200]


class Check(Protocol):
    """One bad thing in manifests: one module of this folder."""

    NAME: str
    TITLE: str
    SEVERITY: Severity
    CONFIDENCE: Confidence
    ALIASES: tuple[str, ...]
    REFERENCES: tuple[str, ...]
    RULES: Mapping[str, str]
    BAD: "tuple[Sample, ...]"
    GOOD: "tuple[Sample, ...]"

    def look(self, scene: Scene) -> Iterable[ManifestFault]:
        """
        Return where the bad thing stands.

        Raises:
            FormatError: something that decides cannot be read (becomes a coverage Unknown).
        """


class Asking(Struct, frozen=True):
    """A sample with labels that are asked for."""

    text: str
    required_labels: tuple[str, ...]


Sample: TypeAlias = "str | tuple[str, ...] | Asking"
"""The text of one file, or of files that are looked at together."""


def scene_of(sample: Sample, version: tuple[int, int] = NEWEST) -> Scene:
    """Return what a check sees of a sample; its files are called ``0.yaml``, ``1.yaml``…"""
    labels = sample.required_labels if isinstance(sample, Asking) else ()
    text = sample.text if isinstance(sample, Asking) else sample
    texts = (text,) if isinstance(text, str) else text
    read = (read_manifest(text.encode(), f"{n}.yaml") for n, text in enumerate(texts))
    return Scene(manifests=tuple(read), version=version, required_labels=labels)


SOUND: dict[str, object] = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "web", "namespace": "shop"},
    "spec": {
        "selector": {"matchLabels": {"app": "web"}},
        "template": {
            "metadata": {"labels": {"app": "web"}},
            "spec": {
                "containers": [
                    {"name": "web", "image": "registry.example/web:1.2@sha256:" + "4f" * 32}
                ]
            },
        },
    },
}
"""A workload that samples start from."""
Fields: TypeAlias = "Mapping[str, object]"


def workload(container: Fields = {}, spec: Fields = {}, top: Fields = {}, **fields: object) -> str:  # noqa: B006
    """
    Return a Deployment with fields of its container, its pod, itself; None takes a field out.

    ``fields`` are further fields of the Deployment's spec.

    >>> scene_of(workload({"image": "a"})).containers[0].image
    'a'
    """
    made = json.loads(json.dumps(SOUND))
    pod = made["spec"]["template"]["spec"]
    for into, what in ((pod["containers"][0], container), (pod, spec), (made, top)):
        _merge(into, what)
    _merge(made["spec"], fields)
    return json.dumps(made)


def manifest(kind: str, version: str = "v1", name: str = "web", **fields: object) -> str:
    """
    Return an object in the namespace ``shop``.

    >>> manifest("Namespace")
    '{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "web", "namespace": "shop"}}'
    """
    meta = {"name": name, "namespace": "shop"}
    made: dict[str, object] = {"apiVersion": version, "kind": kind, "metadata": meta}
    _merge(made, fields)
    return json.dumps(made)


def _merge(into: dict[str, object], what: Fields) -> None:
    for key, value in what.items():
        below = into.get(key)
        if value is None:
            into.pop(key, None)
        elif isinstance(below, dict) and isinstance(value, Mapping):
            _merge(below, value)
        else:
            into[key] = value


__all__ = [
    "NEWEST", "Check", "Container", "Fault", "FixClass", "KubeObject", "ManifestFault", "Pod",
    "Sample", "Scene", "manifest", "namespace_of", "scene_of", "told", "workload",
]  # fmt: skip
