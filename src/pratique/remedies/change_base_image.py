"""
Build on another known image, where that has fewer flaws than the base image of now.

What the base image brought is replaced by what the other one has; packages of the distribution that
later steps installed are only counted on where the release stays the same.
"""

import re
from collections.abc import Iterable

from pratique.formats.dockerfile.stages import Stage
from pratique.formats.dockerfile.tree import Dockerfile
from pratique.formats.dockerfile.variables import names_in
from pratique.model.distro import Distro
from pratique.model.edit import Edit
from pratique.model.package import OS_TYPES, Package
from pratique.remedies.interface import Breaks, Change, KnownBase, Situation

NAME = "change-base-image"
TITLE = "Build on another base image"
_VARIABLE = re.compile(r"[$\s\"'\\]")
_ARGUMENT = re.compile(r"([^$\"'\\]*)(?:\$\{([A-Za-z_]\w*)\}|\$([A-Za-z_]\w*))([^$\"'\\]*)")
_PLAIN = re.compile(r"[^\s$\"'\\]+")


def propose(situation: Situation) -> Iterable[Change]:
    """Return one change for each known image that is not the base already."""
    below = situation.base_layers
    if below is None:
        return
    old = [one for one in situation.subject.packages if _layer(one) < below]
    kept = [one for one in situation.subject.packages if _layer(one) >= below]
    for base in situation.bases:
        if not _is_same(situation, base, below):
            yield _change(situation, base, old, kept)


def _change(
    situation: Situation, base: KnownBase, old: list[Package], kept: list[Package]
) -> Change:
    breaks = _breaks(situation.subject.distro, base.subject.distro)
    lost = [p for p in kept if p.type in OS_TYPES] if breaks is not Breaks.PATCH else []
    edit = _edit(situation, base.reference)
    stage = situation.chain[0] if situation.chain else None
    unsure: tuple[str, ...] = ()
    if lost:
        unsure = (f"{len(lost)} packages that later steps install will have other versions.",)
    return Change(
        remedy=NAME,
        what=f"Build on {base.reference}"
        + (f" instead of {stage.image}" if stage and stage.image else ""),
        why="The base image brings flaws that this one does not have.",
        breaks=breaks,
        line=stage.opening.line if stage and edit else 0,
        edits=(edit,) if edit else (),
        commands=() if edit else (f"FROM {base.reference}",),
        notes=("Pin it by digest, so that the next build is on the same one.",),
        choice="base",
        removes=tuple(one.key for one in (*old, *lost)),
        adds=base.subject.packages,
        unsure=unsure,
    )


def _edit(situation: Situation, reference: str) -> Edit | None:
    """Return the change of FROM, or of the ARG that names its image; None where neither is safe."""
    if situation.dockerfile is None or not situation.chain:
        return None
    stage: Stage = situation.chain[0]
    word = stage.base.image
    if _VARIABLE.search(word.raw):
        return _of_argument(situation.dockerfile, word.raw, situation.name, reference)
    return Edit(situation.name, word.span.start, word.span.end, reference.encode())


def _of_argument(file: Dockerfile, raw: str, name: str, reference: str) -> Edit | None:
    """Return the change of the one global ARG that an image has in it, if nothing else asks for it."""
    parts = _ARGUMENT.fullmatch(raw)
    if parts is None:
        return None
    before, variable, after = parts[1], parts[2] or parts[3], parts[4]
    fits = reference.startswith(before) and reference.endswith(after)
    value = reference[len(before) : len(reference) - len(after)]
    asking = [
        one
        for one in file.instructions
        if variable in names_in(one.text, file.escape) or one.text == variable
    ]
    if not fits or not value or len(asking) != 1:
        return None
    for one in file.instructions:
        if one.keyword == "FROM":
            break
        text = f"{variable}="
        if one.keyword == "ARG" and one.text.startswith(text) and _PLAIN.fullmatch(one.text):
            span = one.arguments.span(len(text), len(one.text))
            return Edit(name, span.start, span.end, value.encode())
    return None


def _is_same(situation: Situation, base: KnownBase, below: int) -> bool:
    """Return whether the image is built on this one already."""
    now = situation.subject.base
    if now is not None and now.digest and now.digest == base.subject.digest:
        return True
    image, other = situation.subject.image, base.subject.image
    if image is None or other is None:
        return False
    return [one.diff_id for one in other.layers] == [one.diff_id for one in image.layers[:below]]


def _breaks(old: Distro | None, new: Distro | None) -> Breaks:
    if old is None or new is None or old.id != new.id:
        return Breaks.MAJOR
    if old.version == new.version:
        return Breaks.PATCH
    one, two = old.version.split("."), new.version.split(".")
    # Alpine 3.18 and 3.20 or 3.18.1 and 3.18.9; of Ubuntu each 24.04 is a release of its own.
    if one[0] != two[0] or old.id == "ubuntu":
        return Breaks.MAJOR
    return Breaks.PATCH if one[:2] == two[:2] else Breaks.MINOR


def _layer(package: Package) -> int:
    return package.layer.index if package.layer else 0
