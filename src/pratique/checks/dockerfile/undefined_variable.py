"""Find variables that this stage does not declare though they are declared elsewhere, or are misspelt."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pratique.checks.dockerfile._places import (
    PLATFORM_ARGUMENTS,
    declared_in,
    global_arguments,
    in_stages,
    root_image,
)
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.variables import expand
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "undefined-variable"
TITLE = "a variable is used where nothing declares it"
SEVERITY = Severity.MEDIUM
CONFIDENCE = Confidence.MEDIUM
ALIASES = ("UndefinedVar",)
RULES = {
    NAME: (
        "A variable that is declared neither in this stage nor below it is empty, unless the base "
        "image sets it. Told are those that look like a slip: an ARG from before the first FROM "
        "that the stage does not repeat, one of another stage, one that is misspelt, a platform "
        "argument that is not declared, and any in a stage built on scratch. Declare it in the "
        "stage (ARG NAME), or spell it as it is declared."
    )
}
_EXPANDED = ("ADD", "COPY", "ENV", "EXPOSE", "LABEL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY")
_ALWAYS = {*_PROXIES, *(name.lower() for name in _PROXIES), "SOURCE_DATE_EPOCH"}
"""Arguments that a build takes without ARG."""
_NAME = re.compile(r"[A-Za-z_]\w*")
_SHORT = 4
BAD = (
    "ARG V=1\nFROM alpine:3.22\nCOPY a /x/$V\n",
    "FROM alpine:3.22 AS a\nARG DIR=/x\nFROM debian:12\nWORKDIR $DIR\n",
    "FROM alpine:3.22\nARG VERSION=1\nENV X=$VERSON\n",
    "FROM scratch\nUSER $APP\n",
    "FROM alpine:3.22\nENV ARCH=$TARGETARCH\n",
)
GOOD = (
    "ARG V=1\nFROM alpine:3.22\nARG V\nCOPY a /x/$V\n",
    "FROM alpine:3.22\nENV PATH=/x:$PATH\nWORKDIR $GOPATH\n",
    "FROM alpine:3.22 AS a\nARG DIR=/x\nFROM a\nWORKDIR $DIR\n",
    "FROM alpine:3.22\nARG TARGETARCH\nENV X=$TARGETARCH Y=${Z:-1} P='$V'\n",
    "FROM alpine:3.22\nLABEL p=$HTTP_PROXY\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


def look(scene: Scene) -> Iterable[Fault]:
    """Return one fault for each such variable of an instruction."""
    declared, above = declared_in(scene), global_arguments(scene)
    everywhere = set().union(*declared.values()) if declared else set()
    for stage, one, values in in_stages(scene, *_EXPANDED):
        known = declared[stage.index] | _ALWAYS
        text = " ".join([one.text, *(flag.value or "" for flag in one.flags)])
        said = expand(text, {**dict.fromkeys(known, "x"), **values}, scene.file.escape)
        for name in said.missing:
            empty = root_image(scene, stage.index).lower() == "scratch"
            note = _slip(name, declared[stage.index], above, everywhere)
            if not note and empty and _NAME.fullmatch(name):
                note = "nothing declares it, and scratch sets nothing"
            if note:
                yield scene.at_instruction(one, f"{name[:80]}: {note}", key=name[:80])


def _slip(name: str, known: set[str], above: set[str], everywhere: set[str]) -> str:
    """Return what has probably happened, empty where the base image may set it."""
    if name in above:
        return "it is declared before the first FROM, and the stage does not repeat it"
    if name in PLATFORM_ARGUMENTS:
        return "a stage sees it only when it says ARG"
    if name in everywhere:
        return "another stage declares it, this one does not"
    near = get_close_matches(name, sorted(known), 1, 0.84) if len(name) > _SHORT else []
    return f"is {near[0][:80]} meant?" if near else ""
