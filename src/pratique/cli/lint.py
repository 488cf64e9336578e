"""Check Dockerfiles, Compose and Kubernetes files, and mend them."""

import os
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace

from pratique.cli import outputs
from pratique.cli.build_words import build_arg_options, build_arguments
from pratique.cli.lint_writing import differences, read_baseline, write_baseline, write_fixes
from pratique.cli.options import EXIT_CODES, option, reports_option
from pratique.kit import clock
from pratique.model.errors import UsageError
from pratique.model.fault import FixClass
from pratique.model.severity import Severity
from pratique.pipelines.building import Bases
from pratique.pipelines.lint_files import Linted, LintSettings, lint_files
from pratique.pipelines.lint_find import FileKind
from pratique.pipelines.suppress_findings import SuppressSettings

_EXITS = (
    "Exit codes: 0 done; 1 --fail-on is met; 2 usage error, or a path that is no file lint knows; "
    "3 undecided, a file could not be read or understood; 70 internal error; 130 interrupted."
)
_CLASSES = {
    "safe": frozenset({FixClass.SAFE}),
    "verified": frozenset({FixClass.SAFE, FixClass.VERIFIED}),
}


class Arguments(Struct, frozen=True, kw_only=True):
    """The options of one run, as typed."""

    paths: tuple[str, ...]
    wanted: tuple[str, ...]
    fail_on: str | None
    pedantic: bool
    fix: str | None
    diff: bool
    quiet_hadolint: bool
    baseline: Path | None
    write_baseline: Path | None
    hadolint_config: Path | None
    ignore_file: tuple[Path, ...]
    no_ignore: bool
    show_suppressed: bool
    full: bool
    stdin_name: str
    kind: str | None
    require_label: tuple[str, ...]
    shellcheck: bool
    verify_build: bool
    build_network: bool
    build_base: tuple[str, ...]
    build_arg: tuple[str, ...]
    build_arg_file: tuple[Path, ...]


@click.command(short_help="Check Dockerfiles and manifests, and mend them.", epilog=_EXITS)
@click.argument("paths", nargs=-1, type=click.Path(path_type=str), metavar="PATH…")
@reports_option("lines")
@option(
    "--fail-on",
    type=click.Choice([s.value for s in Severity if s is not Severity.UNKNOWN]),
    help="Exit 1 when a finding is this severe or worse.",
)
@option("--pedantic", is_flag=True, help="Run the checks that most people call noise too.")
@option(
    "--fix",
    is_flag=False,
    flag_value="safe",
    type=click.Choice(list(_CLASSES)),
    help="Mend the files: what changes nothing else, with =verified also what may.",
)
@option("--diff", is_flag=True, help="Show the fixes as a patch and write nothing.")
@option(
    "--quiet-hadolint",
    is_flag=True,
    help="With fixes, comment the places that are right and that hadolint tells all the same.",
)
@option("--baseline", type=Path, metavar="FILE", help="Count only what this file does not hold.")
@option("--write-baseline", type=Path, metavar="FILE", help="Write what is found now, and pass.")
@option(
    "--hadolint-config",
    type=Path,
    metavar="FILE",
    help="Settings of hadolint [default: ./.hadolint.yaml where it is there].",
)
@option(
    "--ignore-file",
    type=Path,
    multiple=True,
    metavar="FILE",
    help="Ignore what this file says (.trivyignore and the like); may be repeated.",
)
@option("--no-ignore", is_flag=True, help="Use no settings or ignore file that was not named.")
@option("--show-suppressed", is_flag=True, help="List the findings that do not count, and why.")
@option("--full", is_flag=True, help="List every finding in the table.")
@option(
    "--kind",
    type=click.Choice([kind.value for kind in FileKind]),
    help="Take files for this kind, whatever they look like.",
)
@option(
    "--require-label",
    multiple=True,
    metavar="NAME",
    help="A label that workloads, services and namespaces must carry; may be repeated.",
)
@option("--shellcheck/--no-shellcheck", default=True, help="Ask shellcheck where it is installed.")
@option(
    "--verify-build",
    is_flag=True,
    help="Build with buildah before and after the fixes; withdraw those that change more than they say.",
)
@option("--build-network", is_flag=True, help="Let these builds use the network and pull images.")
@option(
    "--build-base",
    multiple=True,
    metavar="FROM=IMAGE",
    help="Build on IMAGE (oci-archive:PATH, …) where a file says FROM; may be repeated.",
)
@build_arg_options
@option("--stdin-name", default="", metavar="NAME", help="What - is called, and known by.")
def command(**given: object) -> int:
    """
    Check Dockerfiles, Compose and Kubernetes files at each PATH, and mend them.

    A folder is searched for them; a file is read whatever it is called; - is standard
    input, whose mended form goes to standard output with --fix.
    """
    return lint(Arguments(**given))  # type: ignore[arg-type]


def lint(arguments: Arguments) -> int:
    """
    Lint, write what was asked for and return the exit code.

    Raises:
        PratiqueError: see ``model.errors``.
    """
    _refuse(arguments)
    wanted = outputs.parse_outputs(_formats(arguments), outputs.formats())
    linted = _linted(arguments)
    if arguments.write_baseline is not None:
        write_baseline(arguments.write_baseline, linted)
        return 0
    if arguments.diff:
        outputs.write_stdout(differences(linted))
    elif arguments.fix:
        write_fixes(linted)
    _tell(linted, written=not arguments.diff)
    style = outputs.terminal_style(
        os.environ, full=arguments.full, show_suppressed=arguments.show_suppressed
    )
    outputs.write(linted.report, wanted, style)
    return EXIT_CODES[linted.report.outcome]


def _refuse(arguments: Arguments) -> None:
    if not arguments.paths:
        raise UsageError("no path is named", hint="`pratique lint .` for this folder")
    if arguments.write_baseline and (arguments.fix or arguments.diff):
        raise UsageError("--write-baseline tells what is there: not together with fixes")
    if arguments.quiet_hadolint and not (arguments.fix or arguments.diff):
        raise UsageError("--quiet-hadolint writes comments: only with --fix or --diff")
    if arguments.verify_build and not (arguments.fix or arguments.diff):
        raise UsageError("--verify-build builds fixes: there are none without --fix or --diff")
    if (arguments.build_base or arguments.build_network) and not arguments.verify_build:
        raise UsageError("--build-base and --build-network are for --verify-build")


def _linted(arguments: Arguments) -> Linted:
    """Lint, with a builder at hand where fixes are to be built."""
    settings = _settings(arguments)
    if not arguments.verify_build:
        return lint_files(settings)
    from pratique.pipelines.run_buildah import Buildah  # starts programs: only where asked for

    pairs = [text.partition("=") for text in arguments.build_base]
    for text, (name, _, image) in zip(arguments.build_base, pairs, strict=True):
        if not name or not image:
            raise UsageError(f"--build-base {text}: it is FROM=IMAGE")
    targets = {name: image for name, _, image in pairs}
    with Buildah(network=arguments.build_network) as builder:
        names = {name: builder.base(image) for name, image in targets.items()}
        bases = Bases(targets=targets, names=names)
        return lint_files(replace(settings, builder=builder, bases=bases))


def _formats(arguments: Arguments) -> tuple[str, ...]:
    """Return the reports: none on standard output where the mended file or the patch goes there."""
    if arguments.wanted:
        return arguments.wanted
    taken = arguments.diff or (arguments.fix and "-" in arguments.paths)
    return () if taken else ("lines",)


def _settings(arguments: Arguments) -> LintSettings:
    fix = arguments.fix or ("safe" if arguments.diff else None)
    folder = None if arguments.no_ignore else Path()
    known = read_baseline(arguments.baseline) if arguments.baseline else frozenset()
    return LintSettings(
        paths=arguments.paths,
        now=clock.now(),
        threshold=Severity(arguments.fail_on) if arguments.fail_on else None,
        pedantic=arguments.pedantic,
        fixes=_CLASSES[fix] if fix else frozenset(),
        quiet_hadolint=arguments.quiet_hadolint,
        build_arguments=build_arguments(arguments.build_arg, arguments.build_arg_file, os.environ),
        baseline=known,
        baseline_name=str(arguments.baseline or ""),
        hadolint=arguments.hadolint_config,
        suppress=SuppressSettings(ignore=arguments.ignore_file, folder=folder),
        stdin_name=arguments.stdin_name,
        kind=FileKind(arguments.kind) if arguments.kind else None,
        required_labels=arguments.require_label,
        shellcheck=arguments.shellcheck,
        note=_note,
    )


def _tell(linted: Linted, *, written: bool) -> None:
    """Say on standard error what was mended, which fixes were withdrawn, and that nothing is there."""
    if not linted.files:
        _note("no file that lint knows was found")
    made = sum(len(one.mended.made) for one in linted.files if one.mended)
    files = sum(1 for one in linted.files if one.mended and one.mended.made)
    if made:
        verb = "mended" if written else "to be mended"
        nouns = f"finding{'s' if made != 1 else ''}", f"file{'s' if files != 1 else ''}"
        _note(f"{made} {nouns[0]} in {files} {nouns[1]} {verb}")
    quiet = sum(one.quieted for one in linted.files)
    if quiet:
        what = "place that is" if quiet == 1 else "places that are"
        _note(f"{quiet} {what} right, commented for hadolint")
    for one in linted.files:
        if one.rebuilt:
            _note(f"{one.source.name}: {one.rebuilt.said}")
        for hit, reason in one.mended.withdrawn if one.mended else ():
            where = f"{hit.finding.location}:{hit.finding.line}"
            _note(f"{where}: the fix of {hit.finding.rule} was withdrawn: {reason}")


def _note(text: str) -> None:
    from pratique.formats.text import printable  # only where there is something to tell

    click.echo(f"pratique: note: {printable(text)}", err=True)
