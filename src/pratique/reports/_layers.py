"""
Tell the layers of the base image from those built on top, and count what each brought.

An image does not record its base. ``Subject.base`` says where it ends, where that was recognised;
else what can be told from outside: a base image ends with its default command, so the base is
taken to end at the last CMD or ENTRYPOINT of the history that a further layer follows. It is a
guess, named as one, and none is made without such a line.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from pratique.formats.text import printable
from pratique.model.finding import Finding
from pratique.model.image import HistoryEntry, Image
from pratique.model.package import LayerRef, Package
from pratique.model.part import Recognition
from pratique.model.report import Subject
from pratique.reports._summary import Counts, count

_COMMAND = re.compile(r"(?:/bin/sh -c #\(nop\) +)?(?:CMD|ENTRYPOINT)\b")
_NOISE = re.compile(
    r"^(?:/bin/sh -c #\(nop\)\s+|RUN /bin/sh -c |/bin/sh -c |RUN )|\s*# buildkit$"
)  # the shell that both classic builder and BuildKit write in front


class LayerShare(Struct, frozen=True, kw_only=True):
    """
    What one layer brought in.

    ``part`` is ``base``, ``app`` or empty when that cannot be told; ``step`` the build step.
    ``size_bytes`` is what is stored of it, -1 where that is not known; ``hidden`` how many of its
    findings stand in files that a later layer hides, ``hidden_bytes`` what all such files weigh.
    """

    layer: LayerRef
    part: str
    step: str
    packages: int
    findings: Counts
    size_bytes: int = -1
    hidden: int = 0
    hidden_bytes: int = 0


def layer_shares(subject: Subject, findings: Iterable[Finding]) -> list[LayerShare]:
    """Return the layers of an image, or those that brought packages or findings, lowest first."""
    packages: dict[str, list[Package]] = {}
    found: dict[str, list[Finding]] = {}
    layers = _own(subject.image) if subject.image else {}
    for package in subject.packages:
        if package.layer:
            layers.setdefault(package.layer.diff_id, package.layer)
            packages.setdefault(package.layer.diff_id, []).append(package)
    for finding in findings:
        if finding.layer:
            layers.setdefault(finding.layer.diff_id, finding.layer)
            found.setdefault(finding.layer.diff_id, []).append(finding)
    boundary = _boundary(subject)
    own = subject.image.layers if subject.image else ()
    sizes = {one.diff_id: one.blob.size_bytes for one in own}
    weights = {one.diff_id: one.hidden_bytes for one in own}
    return [
        LayerShare(
            layer=layer,
            part="" if boundary is None else "base" if layer.index < boundary else "app",
            step=step_of(layer),
            packages=len(packages.get(diff_id, ())),
            findings=count(found.get(diff_id, ())),
            size_bytes=sizes.get(layer.diff_id, -1),
            hidden=sum(1 for one in found.get(diff_id, ()) if one.hidden_by),
            hidden_bytes=weights.get(layer.diff_id, 0),
        )
        for diff_id, layer in sorted(layers.items(), key=lambda item: (item[1].index, item[0]))
    ]


def base_words(subject: Subject) -> str:
    """Return what is known of the base image and how it is known, empty where nothing is."""
    base = subject.base
    if base is None:
        return ""
    name = f" {printable(base.name)}" if base.name else ""
    how = {
        Recognition.LAYERS: "its layers are the same",
        Recognition.LABEL: "as a label says",
        Recognition.HISTORY: "as far as its history tells",
    }[base.how]
    return f"base image{name} ({how})"


def base_layers(image: Image) -> int | None:
    """Return how many layers seem to come from the base image; None when that cannot be told."""
    ends = _command_ends(image.config.history)
    inner = [made for made in ends if 0 < made < len(image.layers)]
    return max(inner, default=None)


def _boundary(subject: Subject) -> int | None:
    if subject.base and subject.base.layers:
        return subject.base.layers
    return base_layers(subject.image) if subject.image else None


def step_of(layer: LayerRef) -> str:
    """Return a layer's build step without the words that every step has, or its digest."""
    return _NOISE.sub("", layer.created_by.strip()[:2000]) or str(layer.diff_id)


def _own(image: Image) -> dict[str, LayerRef]:
    """Return the layers of an image by diff ID; of two equal ones the lower."""
    found: dict[str, LayerRef] = {}
    for one in image.layers:
        ref = LayerRef(
            index=one.index,
            blob=one.blob.digest,
            diff_id=one.diff_id,
            created_by=one.created_by,
        )
        found.setdefault(one.diff_id, ref)
    return found


def _command_ends(history: Iterable[HistoryEntry]) -> list[int]:
    """Return how many layers were made before each CMD or ENTRYPOINT line."""
    made, ends = 0, []
    for entry in history:
        if not entry.empty_layer:
            made += 1
        elif _COMMAND.match(entry.created_by):
            ends.append(made)
    return ends
