"""
Look at templates of Helm and at kustomizations by what their tools make of them.

Laws: what is found in the rendered text is told in the file that a person wrote, at the line it was
made from as far as that can be known; how many places are not known is an Unknown. No fix is offered:
the bytes to change are not the ones that were looked at. Of a kustomization only what the plain
manifests do not show already is told. Each folder is rendered once in a run.
"""

from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from pratique.formats.documents.yaml_nodes import read_nodes
from pratique.formats.kubernetes.rendered import split_rendered, template_line
from pratique.model.errors import FormatError
from pratique.model.unknown import Stage, Unknown
from pratique.pipelines.lint_find import KUSTOMIZATIONS
from pratique.pipelines.lint_kubernetes import Neighbours
from pratique.pipelines.lint_looking import Hit, Look, Looked
from pratique.pipelines.render_manifests import (
    Render,
    Rendered,
    chart_of,
    render_chart,
    render_kustomization,
)

_MOST_KUSTOMIZATION = 1 << 20


class Renderer:
    """What has been rendered in one run."""

    def __init__(
        self,
        among: Neighbours,
        helm: Render = render_chart,
        kustomize: Render = render_kustomization,
    ) -> None:
        self._among = among
        self._helm: Callable[[Path], Rendered] = cache(helm)
        self._kustomize: Callable[[Path], Rendered] = cache(kustomize)

    def look_for(self, place: Path | None, name: str) -> Look:
        """Return how a manifest is looked at: as it is, or as its tool renders it."""
        chart = chart_of(place)
        if place is not None and chart is not None:
            return lambda content: self._template(content, name, chart, place)
        if place is not None and _is_patch(place):
            return lambda _: Looked()  # no object of its own: judged where it is built in
        if place is not None and place.name in KUSTOMIZATIONS:
            return lambda content: self._kustomization(content, name, place.parent)
        return lambda content: self._among.look_at(content, name)

    def _template(self, content: bytes, name: str, chart: Path, place: Path) -> Looked:
        if b"{{" not in content:
            return self._among.look_at(content, name)
        done = self._helm(chart)
        if done.problem:
            reason = f"a template of the chart {chart.name}, not looked at: {done.problem}"
            return Looked(unknowns=(_unknown(name, "helm", reason),))
        inside = place.relative_to(chart).as_posix()
        made = {one.path: one.content for one in split_rendered(done.content)}
        if inside not in made:
            reason = f"a template that makes nothing with the values of the chart {chart.name}"
            return Looked(unknowns=(_unknown(name, "helm", reason),))
        return self._placed(content, name, made[inside])

    def _placed(self, content: bytes, name: str, made: bytes) -> Looked:
        """Return what is seen in a rendered text, at the lines of its template."""
        looked = self._among.look_at(made, name)
        rendered, template = _lines(made), _lines(content)
        lines = {
            hit.fault.line: template_line(rendered, hit.fault.line, template) for hit in looked.hits
        }
        hits = tuple(_moved(hit, lines[hit.fault.line], "helm") for hit in looked.hits)
        lost = sum(not lines[hit.fault.line] for hit in looked.hits)
        unknowns = looked.unknowns
        if lost:
            reason = f"{lost} findings are told at line 1: their place in the template is not known"
            unknowns = (*unknowns, _unknown(name, "helm", reason))
        return Looked(hits=hits, unknowns=unknowns)

    def _kustomization(self, content: bytes, name: str, folder: Path) -> Looked:
        plain = self._among.look_at(content, name)
        done = self._kustomize(folder)
        if done.problem:
            reason = f"a kustomization, not built: {done.problem}"
            return Looked(unknowns=(*plain.unknowns, _unknown(name, "kustomize", reason)))
        made = self._among.look_at(done.content, name)
        known = self._among.told
        hits = tuple(_moved(hit, 0, done.tool) for hit in made.hits if not _is_known(hit, known))
        return Looked(hits=hits, unknowns=made.unknowns)


def _is_patch(place: Path) -> bool:
    """Return whether the kustomization beside a file uses it as a patch."""
    for name in KUSTOMIZATIONS - {place.name}:
        beside = place.with_name(name)
        if beside.is_file():
            with beside.open("rb") as file:  # it may grow while it is read
                content = file.read(_MOST_KUSTOMIZATION + 1)
            return len(content) <= _MOST_KUSTOMIZATION and place.name in set(_patches(content))
    return False


def _patches(content: bytes) -> Iterator[str]:
    try:
        documents = read_nodes(content)
    except FormatError:
        return
    for one in documents:
        for key in ("patches", "patchesJson6902"):
            yield from (item.at("path").text for item in one.root.at(key).items)
        yield from (item.text for item in one.root.at("patchesStrategicMerge").items)


def _moved(hit: Hit, line: int, tool: str) -> Hit:
    """Return a hit at another line, without the bytes that were rendered."""
    fault = replace(hit.fault, line=line or 1, start=0, end=0, edits=())
    words = f"{hit.fault.note} (as rendered by {tool})"
    finding = replace(hit.finding, line=line or 1, description=words)
    return Hit(fault=fault, finding=finding)


def _is_known(hit: Hit, known: Collection[tuple[str, str]]) -> bool:
    """Return whether the rule is told of the object already, prefixes and suffixes aside."""
    last = hit.fault.key.rpartition("/")[2]
    return any(rule == hit.finding.rule and name in last for rule, name in known)


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "replace").split("\n")


def _unknown(location: str, unit: str, reason: str) -> Unknown:
    return Unknown(stage=Stage.SOURCE, unit=unit, location=location, reason=reason)
