"""
Find base images of releases that nobody mends any more.

Rests on a table that comes with pratique (``_ended.py``); a scan of the image itself reads newer data.
"""

from collections.abc import Iterable, Iterator

from pratique.checks.dockerfile._ended import CODENAMES, ENDED
from pratique.checks.dockerfile._places import ImageName, image_name
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "ended-base-image"
TITLE = "the release of the base image gets no fixes any more"
SEVERITY = Severity.HIGH
CONFIDENCE = Confidence.HIGH
ALIASES = ("CIS-Docker-4.2",)
RULES = {
    NAME: (
        "Support of this release has ended: flaws found since then stay in every image built on "
        "it, and scanners know of few of them, because nobody publishes advisories for it. Move "
        "to a release with support; pratique fix proposes one. The day is that of free support "
        "for everybody; whoever pays for longer support may silence this."
    )
}
BAD = (
    "FROM debian:stretch-slim\n",
    "FROM python:3.6\n",
    "FROM node:14.21-alpine3.12\n",
    "FROM docker.io/library/ubuntu:18.04\n",
    "ARG V=7\nFROM centos:$V\n",
)
GOOD = (
    "FROM debian:13\n",
    "FROM python:3.14-slim-trixie\n",
    "FROM a.example/python:3.6\n",
    "FROM centos\nFROM 0\n",
    "FROM postgres:13x\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each stage on such a release, by its version or its codename."""
    for stage in scene.stages:
        name = image_name(stage.image)
        if stage.parent is not None or not _official(name) or not name.tag:
            continue
        for what, day in _ends(name):
            note = f"support of {what} ended on {day}"
            yield scene.at_span(stage.base.image.span, note, key=what)


def _official(name: ImageName) -> bool:
    """Say whether an image is one of Docker's official ones, or of the distribution itself."""
    plain = name.path.removeprefix("library/")
    return name.registry == "docker.io" and (plain in ENDED or plain == "opensuse/leap")


def _ends(name: ImageName) -> Iterator[tuple[str, str]]:
    version, *others = name.tag.split("-")
    for part in (version, *others):
        if part in CODENAMES:
            yield CODENAMES[part]
            return
    listed = (one.partition("=") for one in ENDED[name.last].split())
    for release, _, day in listed:
        if version == release or version.startswith(f"{release}."):
            yield f"{name.last} {release}", day
            return
    alpine = [part.removeprefix("alpine") for part in others if part.startswith("alpine3")]
    for release, _, day in (one.partition("=") for one in ENDED["alpine"].split()):
        if release in alpine:
            yield f"alpine {release}", day
