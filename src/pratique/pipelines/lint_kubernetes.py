"""
Run every check of Kubernetes manifests over one file, among the others it stands with.

A document that is no YAML is a blocking Unknown; a template of Helm, which is none until Helm has
rendered it, a coverage Unknown that says so. Checks that need one file only see one file; those with
``ACROSS`` see all, and are asked once for all files as long as nothing is mended.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import cast

from pratique.checks.interface import Described
from pratique.checks.kubernetes.interface import NEWEST, Check, ManifestFault, Scene
from pratique.formats.documents.yaml_nodes import values_of
from pratique.formats.ignore.inline import Pragma, Reach
from pratique.formats.ignore.yaml_comments import yaml_pragmas
from pratique.formats.kubernetes.objects import KubeObject, Manifest, read_manifest
from pratique.kit import registry
from pratique.model.errors import FormatError
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.lint_looking import Looked, hits_of

MOST_ACROSS = 5_000
"""Objects that are compared with each other; of more, each file is looked at by itself."""
_CHECKOV = re.compile(r"checkov\.io/skip\d*\Z")
_KUBE_LINTER = "ignore-check.kube-linter.io/"
_TEMPLATE = re.compile(rb"\{\{[-\s]*[.$\"(\w]")


class Neighbours:
    """The manifests of one run, and what the checks across files say of them."""

    def __init__(
        self,
        files: Iterable[tuple[str, bytes]],
        wanted: Mapping[str, Check],
        labels: tuple[str, ...] = (),
    ) -> None:
        self._files = tuple(files)
        self._labels = labels
        self._wanted = {name: one for name, one in wanted.items() if _across(one)}
        self._single = {name: one for name, one in wanted.items() if not _across(one)}

    def look_at(self, content: bytes, name: str, version: tuple[int, int] = NEWEST) -> Looked:
        """Return what the checks say of one file, with these bytes instead of those it had."""
        try:
            manifest = read_manifest(content, name)
        except FormatError as error:
            return Looked(unknowns=(_unknown(name, "parser", str(error), Weight.BLOCKING),))
        unknowns = list(_unread(manifest))
        scene = Scene(manifests=(manifest,), version=version, required_labels=self._labels)
        found = list(_faults(scene, self._single, unknowns))
        if self._crowded:
            reason = f"more than {MOST_ACROSS} objects: not compared with those of other files"
            unknowns.append(_unknown(name, "across files", reason, Weight.COVERAGE))
        elif self._manifests.get(name) == manifest:
            found += [pair for pair in self._across if pair[1].file == name]
        else:
            others = [one for one in self._manifests.values() if one.file != name]
            scene = Scene(manifests=(manifest, *others), version=version)
            told = _faults(scene, self._wanted, unknowns)
            found += [pair for pair in told if pair[1].file == name]
        return Looked(
            hits=hits_of(found, name, content),
            unknowns=tuple(unknowns),
            pragmas=tuple(pragmas_of(manifest)),
            outline=tuple(_outline(manifest)),
        )

    @cached_property
    def told(self) -> frozenset[tuple[str, str]]:
        """Return rule and last name of what is told of any of the files as it stands."""
        return frozenset(
            (hit.finding.rule, hit.fault.key.rpartition("/")[2])
            for name, content in self._files
            for hit in self.look_at(content, name).hits
        )

    @cached_property
    def _manifests(self) -> dict[str, Manifest]:
        found: dict[str, Manifest] = {}
        for name, content in self._files:
            try:
                found[name] = read_manifest(content, name)
            except FormatError:
                continue  # that is told when the file itself is looked at
        return found

    @cached_property
    def _crowded(self) -> bool:
        return sum(len(one.objects) for one in self._manifests.values()) > MOST_ACROSS

    @cached_property
    def _across(self) -> tuple[tuple[Described, ManifestFault], ...]:
        scene = Scene(manifests=tuple(self._manifests.values()))
        return tuple(_faults(scene, self._wanted, []))


def checks(*, pedantic: bool) -> Mapping[str, Check]:
    """Return the checks by name; those that are pedantic only where they are wanted."""
    found = cast("Mapping[str, Check]", registry.load("checks.kubernetes"))
    return {n: one for n, one in found.items() if pedantic or not getattr(one, "PEDANTIC", False)}


def pragmas_of(manifest: Manifest) -> Iterator[Pragma]:
    """
    Yield what silences checks: comments, and the annotations of checkov and kube-linter.

    Comments reach as in every YAML file (``formats/ignore/yaml_comments.py``), an annotation the object.
    """
    yield from yaml_pragmas(manifest.content)
    for one in manifest.objects:
        yield from _annotated(one, manifest.content)


def _annotated(one: KubeObject, content: bytes) -> Iterator[Pragma]:
    for name, value in one.annotations.items():
        line = one.at("metadata", "annotations", name).line
        if _CHECKOV.match(name):
            rule, _, reason = value.partition("=")
            tool = "checkov"
        elif name.startswith(_KUBE_LINTER):
            rule, reason, tool = name.removeprefix(_KUBE_LINTER), value, "kube-linter"
        else:
            continue
        yield Pragma(
            names=(rule.strip(),),
            reach=Reach.NEXT,
            line=line,
            reason=reason.strip()[:500],
            tool=tool,
            first=one.node.line,
            last=content.count(b"\n", 0, one.node.end) + 1,
        )


def _unread(manifest: Manifest) -> Iterator[Unknown]:
    template = bool(_TEMPLATE.search(manifest.content))
    for problem in manifest.problems:
        reason, weight = problem.reason, Weight.BLOCKING
        if template:
            reason = "a template, which is no manifest until Helm has rendered it: not looked at"
            weight = Weight.COVERAGE
        yield _unknown(f"{manifest.file}:{problem.line}", "parser", reason, weight)


def _faults(
    scene: Scene, wanted: Mapping[str, Check], unknowns: list[Unknown]
) -> Iterator[tuple[Described, ManifestFault]]:
    for name, check in wanted.items():
        try:
            faults = tuple(check.look(scene))
        except FormatError as error:
            where = scene.manifests[0].file
            unknowns.append(_unknown(where, name, str(error), Weight.COVERAGE))
            continue
        for fault in faults:
            yield cast("Described", check), fault


def _outline(manifest: Manifest) -> Iterator[tuple[int, int, str]]:
    for one in manifest.objects:
        end = manifest.content.find(b"\n", one.node.end) + 1 or len(manifest.content)
        yield one.node.start, end, repr(values_of(one.node))


def _across(check: Check) -> bool:
    return bool(getattr(check, "ACROSS", False))


def _unknown(location: str, unit: str, reason: str, weight: Weight) -> Unknown:
    return Unknown(stage=Stage.SOURCE, unit=unit, location=location, reason=reason, weight=weight)
