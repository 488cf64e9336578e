"""
Start an image in a sandbox and have tools of others ask it.

Laws: the image is run only where it exposes a port or one is named; whatever is not run, not found or
not finished is an Unknown of the subject, with what to do. The tools stand in the network of the
container, where there is nothing else, so nothing they are led to leaves it. An application that falls under
an attack is told, as what comes after finds nothing.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from pratique.assessors.interface import Assessor, Surface, Work
from pratique.assessors.placing import place_service
from pratique.model.finding import Finding
from pratique.model.image import Image
from pratique.model.unknown import Stage, Unknown
from pratique.pipelines import probe_service
from pratique.pipelines.assess_sources import (
    DATA,
    WHOLE,
    Learnt,
    Tools,
    not_installed,
    problems_of,
)
from pratique.pipelines.run_assessor import Enter, entering, run_assessor, run_bounded
from pratique.pipelines.run_container import (
    INSTALL,
    NOBODY,
    Running,
    SandboxError,
    run_container,
)
from pratique.reports._sentences import plural

_UNIT = "sandbox"
_ANSWER_S = 20
_MARGIN_S = 120


class Service(Struct, frozen=True, kw_only=True):
    """
    How to reach the application of an image.

    ``ports`` are those named, none where the image's config says; ``document`` is the path of its
    OpenAPI document, empty to look where frameworks serve it.
    """

    ports: tuple[int, ...] = ()
    document: str = ""


class Root(Struct, frozen=True, kw_only=True):
    """Where an application answers inside the container."""

    url: str
    document: str = ""


def assess_service(image: Image, layout: Path, service: Service, tools: Tools) -> Learnt:
    """Return what the tools found in the running image; ``layout`` holds the image."""
    found = {unit: tools.program(unit) for unit in tools.units(Surface.SERVICE)}
    missing = [not_installed(unit) for unit, at in found.items() if not at and not unit.OPTIONAL]
    present = [(unit, program) for unit, program in found.items() if program]
    ports = service.ports or exposed(image.config.exposed_ports)
    podman = shutil.which("podman", path=f"{os.environ.get('PATH', '')}:/usr/bin")
    trouble = ""
    if not present:
        return Learnt(unknowns=tuple(missing))
    if not ports:
        trouble = "the image exposes no port, so it was not run; name one: --port"
    elif podman is None:
        trouble = f"podman is not installed, so the image was not run; install it: {INSTALL}"
    if trouble or podman is None:
        return Learnt(unknowns=(unrun(trouble), *missing))
    seconds = sum(unit.SECONDS * 3 // 2 for unit, _ in present) + _MARGIN_S
    tools.tell("starting the image in a sandbox")
    try:
        with run_container(podman, layout, ports, image.config.user, seconds) as running:
            learnt = _ask(running, present, service, tools)
    except (SandboxError, OSError) as error:
        learnt = Learnt(unknowns=(unrun(f"the image was not run: {error}"),))
    return Learnt(findings=learnt.findings, unknowns=(*learnt.unknowns, *missing))


def exposed(ports: Sequence[str]) -> tuple[int, ...]:
    """
    Return the TCP ports of a config.

    >>> exposed(("8080/tcp", "53/udp", "443", "x"))
    (8080, 443)
    """
    found = []
    for port in ports:
        number, _, protocol = port.partition("/")
        if number.isascii() and number.isdigit() and protocol in ("", "tcp"):
            found.append(int(number))
    return tuple(one for one in found if 0 < one < 65536)


def unrun(reason: str) -> Unknown:
    """Return that the application was not run, and why."""
    return Unknown(stage=Stage.ASSESS, unit=_UNIT, location=WHOLE, reason=reason)


def _ask(
    running: Running,
    present: Sequence[tuple[Assessor, str]],
    service: Service,
    tools: Tools,
) -> Learnt:
    for note in running.notes:
        tools.note(f"the image: {note}")
    findings: list[Finding] = []
    unknowns: list[Unknown] = []
    with (
        tempfile.TemporaryDirectory(prefix="pratique-ask-") as folder,
        entering(running.pid) as enter,
    ):
        root = _root(running, service, Path(folder), enter)
        if root is None:
            ports = ", ".join(map(str, running.ports))
            return Learnt(unknowns=(unrun(f"nothing speaks HTTP at port {ports}"),))
        user = "nobody" if running.user == NOBODY else running.user
        tools.note(f"the image answers at {root.url} as user {user}")
        for number, (unit, program) in enumerate(present):
            if unit.NEEDS_DOCUMENT and not root.document:
                tools.note(f"{unit.NAME} was not run: no OpenAPI document was found (--openapi)")
                continue
            tools.tell(f"running {unit.NAME}")
            work = _work(unit, root, Path(folder))
            ran = run_assessor(unit, program, work, enter)
            placed = place_service(unit, ran.told.flaws)
            findings += placed.findings
            said = (*([ran.problem] if ran.problem else []), *ran.told.problems)
            unknowns += problems_of(unit, said)
            if not said:
                words = plural(len(placed.findings), "finding")
                tools.note(f"{unit.NAME} asked the application: {words}")
            if _root(running, Service(document="/"), Path(folder), enter) is None:
                rest = tuple(later.NAME for later, _ in present[number + 1 :])
                unknowns.append(unrun(_fallen(unit.NAME, rest)))
                break
    return Learnt(findings=tuple(findings), unknowns=tuple(unknowns))


def _fallen(tool: str, rest: Sequence[str]) -> str:
    after = f", and {' and '.join(rest)} did not run" if rest else ""
    return f"the application no longer answers since {tool} asked it, so not everything was tried{after}"


def _work(unit: Assessor, root: Root, folder: Path) -> Work:
    own = folder / unit.NAME
    own.mkdir()
    return Work(
        folder=str(own),
        output=str(own / "answer.json"),
        data=DATA,
        seconds=unit.SECONDS,
        url=root.url,
        document=root.document,
    )


def _root(running: Running, service: Service, folder: Path, enter: Enter) -> Root | None:
    """Return where HTTP is spoken, None where nobody does."""
    ports = tuple(map(str, running.ports))
    # By its file, isolated: it runs in the container's network and imports nothing of ours.
    program = (sys.executable, "-I", probe_service.__file__)
    command = (*program, str(_ANSWER_S), service.document, *ports)
    work = Work(folder=str(folder), output=str(folder / "none"), data="", seconds=_ANSWER_S)
    ran = run_bounded(command, work, {}, frozenset({0}), enter)
    if ran.problem:
        return None
    told = json.loads(ran.output)
    url = f"{told['scheme']}://127.0.0.1:{int(told['port'])}"
    return Root(url=url, document=f"{url}{told['document']}" if told["document"] else "")
