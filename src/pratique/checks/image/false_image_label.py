"""
Find labels of the OCI specification that contradict the image, or are not what they must be.

Source: OCI image-spec v1.1, annotations.md, "Pre-Defined Annotation Keys". A label that an image
inherits from its base unchanged is the usual reason: then it speaks of the base.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from pratique.checks.image._times import instant
from pratique.checks.image.interface import Scene, at, sample
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting

NAME = "false-image-label"
TITLE = "a label of the image is not true"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("DL3053", "DL3054", "DL3055", "DL3056")
RULES = {
    NAME: (
        "A label org.opencontainers.image.* contradicts the image or has no valid form: a time of "
        "creation that is not the config's, a version that is not the tag's, a revision that is no "
        "commit, licences that are no SPDX expression, a base digest that is none. Most often the "
        "base image set it and the build did not set it anew, so it speaks of another image: tools "
        "then look for flaws, sources and licences in the wrong place. Set each label in the last "
        "stage of the build, or leave it out."
    )
}
_PREFIX = "org.opencontainers.image."
_SLACK = timedelta(days=2)
_COMMIT = re.compile(r"[0-9a-fA-F]{7,64}")
_DIGEST = re.compile(r"sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})")
_EXPRESSION = re.compile(
    r"\s*[A-Za-z0-9.+:-]+(?:\s+(?:AND|OR|WITH)\s+[A-Za-z0-9.+:-]+){0,200}\s*", re.IGNORECASE
)
"""What is left of an expression without its brackets."""
_BRACKETS = re.compile(r"[()]")
_VERSION = re.compile(r"v?(\d+(?:\.\d+){1,3})(?:[-+].*)?")


def _labelled(**labels: str) -> dict[str, str]:
    names = {name.replace("_", "."): value for name, value in labels.items()}
    return {f"{_PREFIX}{name}": value for name, value in names.items()}


FIRES = (
    sample(labels=_labelled(created="2021-03-04T05:06:07Z", revision="4f0c2d1")),
    sample(labels=_labelled(revision="main")),
    sample(labels=_labelled(licenses="Apache 2.0")),
    sample(labels=_labelled(base_digest="latest")),
    sample(labels=_labelled(version="22.04"), name="registry.example/app:3.1.0"),
)
SILENT = (
    sample(
        labels=_labelled(
            created="2026-01-20T11:00:00+01:00",
            revision="4f0c2d1b",
            licenses="MIT AND ( Apache-2.0 OR GPL-2.0-only WITH Classpath-exception-2.0)",
            version="v1.2.7",
        )
    ),
    sample(labels=_labelled(version="nightly", created="2026-01-20T10:00:00.123456789Z")),
    sample(labels=_labelled(version="3.1"), name="registry.example/app:3"),
)


def look(scene: Scene) -> Iterable[Sighting]:
    """Return one sighting with all labels."""
    labels = {
        name.removeprefix(_PREFIX): value.strip()
        for name, value in scene.config.labels.items()
        if name.startswith(_PREFIX) and value.strip()
    }
    return scene.in_config(
        at(f"LABEL {_PREFIX}{name}", note) for name, note in _notes(scene, labels)
    )


def _notes(scene: Scene, labels: dict[str, str]) -> Iterator[tuple[str, str]]:
    revision = labels.get("revision", "")
    if revision and not _COMMIT.fullmatch(revision):
        yield "revision", f"no commit: {revision[:60]!r}"
    licences = labels.get("licenses", "")
    if licences and not _EXPRESSION.fullmatch(_BRACKETS.sub(" ", licences[:2_000])):
        yield "licenses", f"no SPDX expression: {licences[:60]!r}"
    digest = labels.get("base.digest", "")
    if digest and not _DIGEST.fullmatch(digest):
        yield "base.digest", f"no digest: {digest[:60]!r}"
    yield from _created(scene, labels.get("created", ""))
    yield from _version(scene, labels.get("version", ""))


def _created(scene: Scene, said: str) -> Iterator[tuple[str, str]]:
    if not said:
        return
    label, config = instant(said), instant(scene.config.created)
    if label is None:
        yield "created", f"no time of RFC 3339: {said[:40]!r}"
    elif config is not None and config.year > 1980 and abs(label - config) > _SLACK:
        yield "created", f"says {label.date()}, the config {config.date()}"


def _version(scene: Scene, said: str) -> Iterator[tuple[str, str]]:
    """Compare with the tag where both are numbers; a tag may be shorter."""
    tag = scene.image.name.partition("@")[0].rpartition("/")[2].partition(":")[2]
    label, tagged = _VERSION.fullmatch(said[:100]), _VERSION.fullmatch(tag[:100])
    if label and tagged:
        ours, theirs = label[1].split("."), tagged[1].split(".")
        shared = min(len(ours), len(theirs))
        if ours[:shared] != theirs[:shared]:
            yield "version", f"says {said[:40]}, the tag {tag[:40]}"
