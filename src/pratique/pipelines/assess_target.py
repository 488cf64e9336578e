"""
Assess an application: what is in it, its configuration and secrets, its source, and what it does when run.

Only wiring: a scan with everything, lint for a folder, tools of others for source and the running
image, all in one report that one policy judges. Laws: the policy is read before the target; a target is
opened once, and what tools need of it is laid out while it is open, in a private folder that goes with
the run.
"""

import os
import shutil
import tempfile
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pratique.assessors.interface import Surface
from pratique.assessors.placing import agreed
from pratique.kit.selector import Selector
from pratique.model.errors import PratiqueError, UsageError
from pratique.model.image import Image
from pratique.model.report import Report, Subject, SubjectKind
from pratique.pipelines.assess_service import Service, assess_service, unrun
from pratique.pipelines.assess_sources import Learnt, Tools, assess_sources
from pratique.pipelines.building import Recipe
from pratique.pipelines.gate_target import GateSettings, judging
from pratique.pipelines.gather_sources import Sources, Wanted, gather_sources
from pratique.pipelines.lay_out_image import lay_out_image
from pratique.pipelines.lint_files import LintSettings, lint_files
from pratique.pipelines.material import Material
from pratique.pipelines.run_buildah import Buildah
from pratique.pipelines.scan_target import scan_target
from pratique.reports._sentences import plural

RECIPES = ("Dockerfile", "Containerfile")
BUILDAH = "apt-get install buildah"


class AssessSettings(Struct, frozen=True, kw_only=True):
    """
    How to assess.

    ``gate`` says how to scan and judge. ``bought_in`` has the source of packages read too;
    ``service`` None leaves the application unrun, because the caller wants it so. ``build`` has the
    image of a folder built and assessed beside it.
    """

    gate: GateSettings
    tools: Tools = Tools()
    bought_in: bool = False
    service: Service | None = Service()
    build: bool = False


class _Held(Struct, frozen=True, kw_only=True):
    """What was laid out of one subject."""

    sources: Sources
    image: Image | None = None
    layout: Path | None = None
    folder: Path | None = None
    trouble: str = ""


def assess_target(target: str, settings: AssessSettings) -> Report:
    """
    Return the judged report on a target.

    Raises:
        TargetError: the target cannot be identified.
        UsageError: the policy, the baseline, a VEX document or an ignore file cannot be understood.
    """
    judge_report = judging(settings.gate)
    report = _report(as_target(target), settings)
    if settings.build:
        report = _with_image(report, target, settings)
    return judge_report(report)


def _report(target: str, settings: AssessSettings) -> Report:
    with tempfile.TemporaryDirectory(
        prefix="pratique-assess-", ignore_cleanup_errors=True
    ) as folder:
        run = _Run(settings, Path(folder).resolve())
        scan = replace(settings.gate.scan, gather=run.gather, further=run.further)
        return scan_target(target, scan)


def _with_image(report: Report, target: str, settings: AssessSettings) -> Report:
    """Return the report on a folder with that on the image that is built of it."""
    folder = Path(target.removeprefix("dir:"))
    recipe = next((one for name in RECIPES if (one := folder / name).is_file()), None)
    if recipe is None:
        hint = f"--build takes a folder with a {' or a '.join(RECIPES)} in it"
        raise UsageError(f"{target} holds nothing to build", hint=hint)
    if shutil.which("buildah") is None:
        return _unbuilt(report, f"buildah is not installed; install it: {BUILDAH}")
    settings.tools.tell(f"building {recipe}")
    with Buildah(network=True) as builder:
        baked = builder.build(Recipe(content=recipe.read_bytes(), context=folder))
        if baked.archive is None:
            return _unbuilt(report, baked.problem)
        built = _report(f"docker-archive:{baked.archive}", settings)
    data = {one.ecosystem: one for one in (*report.data, *built.data)}
    return replace(
        report,
        subjects=(*report.subjects, *built.subjects),
        data=tuple(data[name] for name in sorted(data)),
        skipped=(*report.skipped, *built.skipped),
    )


def _unbuilt(report: Report, reason: str) -> Report:
    told = unrun(f"the image was not built, so it was not run: {reason}")
    subjects = tuple(
        replace(one, unknowns=tuple(sorted({*one.unknowns, told}))) for one in report.subjects
    )
    return replace(report, subjects=subjects)


def as_target(text: str) -> str:
    """
    Return a folder of sources as the target that it is; anything else as it was.

    >>> as_target("alpine:3.20"), as_target("dir:src")
    ('alpine:3.20', 'dir:src')
    """
    path = Path(text)
    return f"dir:{text}" if path.is_dir() and not (path / "oci-layout").exists() else text


class _Run:
    """One run: what was laid out of each subject, in their order."""

    def __init__(self, settings: AssessSettings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._held: list[_Held] = []
        code = settings.tools.units(Surface.CODE)
        self._wanted = Wanted(
            selector=Selector([unit.PATTERNS for unit in code]), bought_in=settings.bought_in
        )

    def gather(self, material: Material) -> None:
        """Lay out what tools need of a target that is open."""
        place = self._folder / str(len(self._held))
        (place / "src").mkdir(parents=True)
        sources = gather_sources(material, self._wanted, place / "src")
        layout, trouble = place / "image", ""
        runs = material.image is not None and self._settings.service is not None
        if runs and material.image is not None and material.blobs is not None:
            try:
                lay_out_image(material.image, material.blobs, layout, material.limits)
            except (PratiqueError, OSError) as error:
                trouble = f"the image cannot be laid out to be run: {error}"
        self._held.append(
            _Held(
                sources=sources,
                image=material.image,
                layout=layout if runs and not trouble else None,
                folder=material.folder,
                trouble=trouble,
            )
        )

    def further(self, subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
        """Return the subjects with what tools found; one that was not gathered stays as it is."""
        held = iter(self._held)
        told = []
        for subject in subjects:
            seen = subject.kind in (SubjectKind.IMAGE, SubjectKind.DIRECTORY)
            mine = next(held, None) if seen else None
            told.append(self._assessed(subject, mine) if mine else _unassessed(subject))
        return tuple(told)

    def _assessed(self, subject: Subject, held: _Held) -> Subject:
        tools = self._settings.tools
        if held.sources.left:
            files = plural(held.sources.left, "source file")
            tools.note(f"{files} of packages not read (--third-party-code)")
        output = held.sources.folder.with_name("answers")
        output.mkdir()
        learnt = [assess_sources(held.sources, tools, output), self._served(held)]
        if held.folder is not None and "config" in self._settings.gate.scan.scanners:
            learnt.append(_linted(held.folder, self._settings))
        found = agreed(one for part in learnt for one in part.findings)
        unknowns = {*subject.unknowns, *(one for part in learnt for one in part.unknowns)}
        return replace(
            subject,
            findings=(*subject.findings, *found),
            unknowns=tuple(sorted(unknowns)),
        )

    def _served(self, held: _Held) -> Learnt:
        service = self._settings.service
        if service is None:
            return Learnt()
        if held.image is None and self._settings.build:
            return Learnt()  # what is built of it is run
        if held.image is None:
            return Learnt(unknowns=(unrun(_folder_words(held.folder)),))
        if held.layout is None:
            return Learnt(unknowns=(unrun(held.trouble),))
        return assess_service(held.image, held.layout, service, self._settings.tools)


def _folder_words(folder: Path | None) -> str:
    if folder is not None and any((folder / name).is_file() for name in RECIPES):
        return "a folder is not run: have its image built and run too (--build), or say --no-run"
    return "a folder is not run: assess the image that is made of it, or say --no-run"


def _unassessed(subject: Subject) -> Subject:
    reason = "its source and what it does when run were not looked at"
    return replace(subject, unknowns=tuple(sorted({*subject.unknowns, unrun(reason)})))


def _linted(folder: Path, settings: AssessSettings) -> Learnt:
    """Return what lint finds in a folder, with places below it."""
    linted = lint_files(
        LintSettings(paths=(str(folder),), now=settings.gate.scan.now, note=settings.tools.note)
    )
    above = f"{os.path.normpath(folder)}/".removeprefix("./")
    subjects = linted.report.subjects
    return Learnt(
        findings=tuple(
            replace(found, location=found.location.removeprefix("./").removeprefix(above))
            for one in subjects
            for found in one.findings
        ),
        unknowns=tuple(unknown for one in subjects for unknown in one.unknowns),
    )
