"""
Lint files: find them, look at each, suppress what was let stand, mend what may be mended.

Every check is loaded once, files are looked at one after the other in this process. Settings for a
Dockerfile come from one ``.hadolint.yaml``, the one named or the one in the folder.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import which

from msgspec import Struct
from msgspec.structs import replace

from pratique import __version__
from pratique.checks.dockerfile.interface import Settings
from pratique.formats.ignore.hadolint_yaml import HadolintConfig, read_hadolint_yaml
from pratique.model.digest import sha256_of
from pratique.model.errors import FormatError, UsageError
from pratique.model.fault import FixClass
from pratique.model.finding import Finding, Suppressor
from pratique.model.report import Report, Subject, SubjectKind
from pratique.model.severity import Severity
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines import lint_compose, lint_dockerfile, lint_kubernetes
from pratique.pipelines.build_context import Contexts, ignored_around
from pratique.pipelines.building import Bases, Builder, Rebuilt
from pratique.pipelines.lint_find import FileKind, Source, find_files
from pratique.pipelines.lint_looking import Hit, Look, Looked
from pratique.pipelines.mend_file import Mended, mend
from pratique.pipelines.suppress_findings import (
    Suppressed,
    Suppressions,
    SuppressSettings,
    load_suppressions,
    notes_on,
    suppress,
)
from pratique.policy.inline import apply_pragmas
from pratique.policy.threshold import answer

HADOLINT_FILES = (".hadolint.yaml", ".hadolint.yml")
_MOST_CONFIG = 1 << 20


class LintSettings(Struct, frozen=True, kw_only=True):
    """
    What is to be linted and how.

    ``fixes`` are the classes of fixes to be made, none by default. ``baseline`` are ids of findings
    that were there before: they are suppressed. ``threshold`` None means nobody asked. ``kind`` is
    the one kind that files are taken for; objects of Kubernetes must carry ``required_labels``. ``builder`` builds Dockerfiles before and after their
    fixes, on ``bases``. ``quiet_hadolint`` has the fixes comment what hadolint misreads.
    ``build_arguments`` are what Dockerfiles are built with.
    """

    paths: tuple[str, ...]
    now: datetime
    threshold: Severity | None = None
    pedantic: bool = False
    fixes: frozenset[FixClass] = frozenset()
    quiet_hadolint: bool = False
    build_arguments: Mapping[str, str] = {}
    baseline: frozenset[str] = frozenset()
    baseline_name: str = ""
    hadolint: Path | None = None
    suppress: SuppressSettings = SuppressSettings()
    stdin_name: str = ""
    kind: FileKind | None = None
    required_labels: tuple[str, ...] = ()
    shellcheck: bool = True
    builder: Builder | None = None
    bases: Bases = Bases()
    note: Callable[[str], None] = lambda _: None


class LintedFile(Struct, frozen=True, kw_only=True):
    """
    One file: what was found in it, as it is after ``mended`` where fixes were made.

    ``source.content`` are the bytes that were read; ``hits`` are those of the subject's findings
    that a check told, suppressed ones too, in the same order.
    """

    source: Source
    subject: Subject
    hits: tuple[Hit, ...] = ()
    mended: Mended | None = None
    rebuilt: Rebuilt | None = None
    """What builds of it before and after the fixes have shown, where they were asked for."""
    quieted: int = 0
    """Instructions that got a comment for hadolint."""


class Linted(Struct, frozen=True, kw_only=True):
    """The report, and the files behind its subjects in the same order."""

    report: Report
    files: tuple[LintedFile, ...]


def lint_files(settings: LintSettings) -> Linted:
    """
    Lint files and return what was found and mended; nothing is written.

    Raises:
        TargetError: a path is not there, or is no file that lint knows.
        UsageError: a settings or ignore file cannot be read.
    """
    found = find_files(settings.paths, KINDS, settings.stdin_name, settings.kind)
    return lint_sources(tuple(found), settings)


def lint_sources(sources: Sequence[Source], settings: LintSettings) -> Linted:
    """
    Lint files whose bytes are at hand, as an editor's are; ``settings.paths`` are not read.

    Raises:
        UsageError: a settings or ignore file cannot be read.
    """
    config = _hadolint(settings)
    linter = _Linter(settings, config, sources)
    files = tuple(map(linter.file, sources))
    linter.tell()
    threshold = settings.threshold or (None if config.no_fail else config.threshold)
    outcome, reasons = answer([_together(files)], threshold)
    report = Report(
        tool_version=__version__,
        now=settings.now.isoformat(timespec="seconds").replace("+00:00", "Z"),
        subjects=tuple(one.subject for one in files),
        threshold=threshold.value if threshold else "",
        outcome=outcome,
        reasons=reasons,
    )
    return Linted(report=report, files=files)


class _Linter:
    """What all files of one run share."""

    def __init__(
        self, settings: LintSettings, config: HadolintConfig, sources: Sequence[Source]
    ) -> None:
        self.settings = settings
        self.config = config
        self.sources = sources
        self.suppressions: Suppressions = load_suppressions(settings.suppress)
        self.met: list[Suppressed] = []
        self.lookers: dict[FileKind, Callable[[Source], Look]] = {}

    def file(self, source: Source) -> LintedFile:
        """Return one file, looked at and mended."""
        if source.content is None:
            return LintedFile(source=source, subject=_unread(source))
        look = self._look(source)
        mended, rebuilt, quiet = None, None, 0
        content = source.content
        if self.settings.fixes:
            mended, rebuilt = self._mended(source, content, look)
            mended, quiet = self._quieted(source, mended)
            content = mended.content
        looked = look(content)
        findings = self._suppressed(source.name, looked, told=True)
        subject = Subject(
            kind=SubjectKind.FILE,
            target=source.name,
            digest=sha256_of(content),
            findings=tuple(sorted(findings, key=_worst_first)),
            unknowns=looked.unknowns,
        )
        hits = tuple(
            Hit(fault=hit.fault, finding=finding)
            for hit, finding in zip(looked.hits, findings, strict=True)
        )
        return LintedFile(
            source=source,
            subject=subject,
            hits=hits,
            mended=mended,
            rebuilt=rebuilt,
            quieted=quiet,
        )

    def _quieted(self, source: Source, mended: Mended) -> tuple[Mended, int]:
        """Return a file with comments for hadolint where they were asked for, and how many."""
        if not self.settings.quiet_hadolint or source.kind is not FileKind.DOCKERFILE:
            return mended, 0
        from pratique.pipelines.quiet_hadolint import quieted  # only where asked for

        checks, arguments = lint_dockerfile.checks(pedantic=True), self.settings.build_arguments
        found = quieted(mended.content, checks, arguments)
        return replace(mended, content=found.content), found.instructions

    def _mended(self, source: Source, content: bytes, look: Look) -> tuple[Mended, Rebuilt | None]:
        """Return a file with its fixes, and what builds have shown where they were asked for."""
        remend = partial(
            mend, content, partial(self._mendable, source.name, look), self.settings.fixes
        )
        mended, builder = remend(), self.settings.builder
        if builder is None or not mended.made or source.kind is not FileKind.DOCKERFILE:
            return mended, None
        from pratique.pipelines.verify_build import recipe_of, verify_build  # only where asked for

        recipe = recipe_of(content, source.place, self.settings.build_arguments)
        verified = verify_build(mended, remend, recipe, builder, self.settings.bases)
        return verified.mended, verified.rebuilt

    def tell(self) -> None:
        """Tell what of the suppressions a person should know."""
        for note in (
            *self.config.problems,
            *notes_on(self.suppressions, self.met, self.settings.now),
        ):
            self.settings.note(note)

    def _look(self, source: Source) -> Look:
        if source.kind not in self.lookers:
            self.lookers[source.kind] = _LOOKERS[source.kind](
                self.settings, self.config, self.sources
            )
        return self.lookers[source.kind](source)

    def _mendable(self, name: str, look: Look, content: bytes) -> Looked:
        """Look, and leave out what is suppressed: what somebody let stand is not mended."""
        looked = look(content)
        findings = self._suppressed(name, looked, told=False)
        pairs = zip(looked.hits, findings, strict=True)
        return replace(looked, hits=tuple(hit for hit, one in pairs if not one.suppressed))

    def _suppressed(self, name: str, looked: Looked, *, told: bool) -> tuple[Finding, ...]:
        """Return the findings of the hits in their order, graded and suppressed as was asked."""
        findings = tuple(self._graded(hit.finding) for hit in looked.hits)
        heeded = [
            one for one in looked.pragmas if self.config.heed_comments or one.tool != "hadolint"
        ]
        applied = apply_pragmas(findings, heeded, self.settings.now)
        if told:
            for one in applied.idle:
                if one.tool == "pratique":
                    words = ", ".join(one.names)
                    self.settings.note(f"{name}:{one.line}: matches nothing here ({words})")
        subject = Subject(kind=SubjectKind.FILE, target=name, findings=applied.findings)
        met = suppress(subject, self.suppressions, self.settings.now)
        if told:
            self.met.append(met)
        return tuple(self._known(finding) for finding in met.findings)

    def _graded(self, finding: Finding) -> Finding:
        names = (finding.rule, *finding.names)
        if any(name in self.config.ignored for name in names):
            words = "ignored by the configuration of hadolint"
            return replace(finding, suppressed=words, suppressed_by=Suppressor.IGNORE_RULE)
        for name in names:
            if name in self.config.severities:
                graded = self.config.severities[name]
                return replace(finding, severity=graded, severity_source="hadolint configuration")
        return finding

    def _known(self, finding: Finding) -> Finding:
        if finding.suppressed or finding.id not in self.settings.baseline:
            return finding
        words = f"known before ({self.settings.baseline_name})"
        return replace(finding, suppressed=words, suppressed_by=Suppressor.IGNORE_RULE)


def _dockerfiles(
    settings: LintSettings, config: HadolintConfig, _: Sequence[Source]
) -> Callable[[Source], Look]:
    wanted = lint_dockerfile.checks(pedantic=settings.pedantic)
    asked = Settings(
        trusted_registries=config.trusted_registries,
        labels=config.labels,
        strict_labels=config.strict_labels,
    )

    contexts = Contexts()
    shellcheck = (settings.shellcheck and which("shellcheck")) or ""

    def looker(source: Source) -> Look:
        around = lint_dockerfile.Around(
            ignored=ignored_around(source.place),
            context=contexts.around(source.place),
            shellcheck=shellcheck,
            pedantic=settings.pedantic,
            arguments=settings.build_arguments,
        )

        def look(content: bytes) -> Looked:
            return lint_dockerfile.look_at(content, source.name, wanted, asked, around)

        return look

    return looker


def _manifests(
    settings: LintSettings, _: HadolintConfig, sources: Sequence[Source]
) -> Callable[[Source], Look]:
    # A hundred checks and the means to start programs: only where there are manifests.
    from pratique.pipelines.lint_rendered import Renderer

    files = [(one.name, one.content) for one in sources if one.kind is FileKind.KUBERNETES]
    read = [(name, content) for name, content in files if content is not None]
    wanted = lint_kubernetes.checks(pedantic=settings.pedantic)
    among = lint_kubernetes.Neighbours(read, wanted, settings.required_labels)

    renderer = Renderer(among)

    def looker(source: Source) -> Look:
        return renderer.look_for(source.place, source.name)

    return looker


def _projects(
    settings: LintSettings, _: HadolintConfig, sources: Sequence[Source]
) -> Callable[[Source], Look]:
    places = (one.place for one in sources if one.kind is FileKind.COMPOSE)
    run = lint_compose.Run(
        wanted=lint_compose.checks(pedantic=settings.pedantic),
        paths=settings.paths,
        linted=frozenset(place.resolve() for place in places if place),
    )

    def looker(source: Source) -> Look:
        return partial(lint_compose.look_at, name=source.name, place=source.place, run=run)

    return looker


_Looker = Callable[[LintSettings, HadolintConfig, Sequence[Source]], Callable[[Source], Look]]
_LOOKERS: Mapping[FileKind, _Looker] = {
    FileKind.DOCKERFILE: _dockerfiles,
    FileKind.COMPOSE: _projects,
    FileKind.KUBERNETES: _manifests,
}
KINDS = frozenset(_LOOKERS)
"""The kinds of files that are linted."""


def _hadolint(settings: LintSettings) -> HadolintConfig:
    folder = settings.suppress.folder
    found = [folder / name for name in HADOLINT_FILES] if folder else []
    place = settings.hadolint or next((one for one in found if one.is_file()), None)
    if place is None:
        return HadolintConfig()
    try:
        with place.open("rb") as file:
            content = file.read(_MOST_CONFIG + 1)
    except OSError as error:
        raise UsageError(f"{place}: {error.strerror}", hint="check its name and rights") from None
    if len(content) > _MOST_CONFIG:
        raise UsageError(f"{place}: larger than {_MOST_CONFIG} bytes")
    try:
        return read_hadolint_yaml(content, str(place))
    except FormatError as error:
        raise UsageError(f"{place}: {error}", hint="mend the file, or leave it out") from None


def _together(files: Sequence[LintedFile]) -> Subject:
    """Return what all files give, so that the reasons count over them all."""
    return Subject(
        kind=SubjectKind.FILE,
        target="",
        findings=tuple(finding for one in files for finding in one.subject.findings),
        unknowns=tuple(unknown for one in files for unknown in one.subject.unknowns),
    )


def _unread(source: Source) -> Subject:
    unknown = Unknown(
        stage=Stage.SOURCE,
        unit="lint",
        location=source.name,
        reason=source.trouble,
        weight=Weight.BLOCKING,
    )
    return Subject(kind=SubjectKind.FILE, target=source.name, unknowns=(unknown,))


def _worst_first(finding: Finding) -> tuple[int, int, str]:
    return -finding.severity.rank, finding.line, finding.id
