"""Compose files are looked at with all that belongs to them, and each thing is told once, in its place."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.model.fault import FixClass
from pratique.model.unknown import Weight
from pratique.pipelines.lint_compose import Run, checks, look_at
from pratique.pipelines.lint_files import Linted, LintSettings, lint_files
from pratique.pipelines.lint_looking import Looked

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WEB = "services:\n  web:\n    image: web:1\n"
BAD = "services:\n  web:\n    image: web:1\n    privileged: true\n"


def write(folder: Path, **files: str) -> None:
    """Write files; a name's ``__`` is a slash, its ``_`` a dot."""
    for name, text in files.items():
        place = folder / name.replace("__", "/").replace("_", ".")
        place.parent.mkdir(exist_ok=True)
        place.write_text(text)


def looked(place: Path, *, pedantic: bool = False) -> Looked:
    """Return what is seen of one file."""
    run = Run(wanted=checks(pedantic=pedantic), paths=(str(place),))
    return look_at(place.read_bytes(), place.name, place, run)


def told(found: Looked) -> list[tuple[str, int]]:
    """Return rules and lines."""
    return [(hit.finding.rule, hit.finding.line) for hit in found.hits]


def linted(folder: Path, **settings: object) -> Linted:
    """Return what linting a folder gives."""
    return lint_files(LintSettings(paths=(str(folder),), now=NOW, **settings))


def by_file(found: Linted) -> dict[str, list[tuple[str, int]]]:
    """Return rules and lines of the findings that count, by the file's name."""
    return {
        Path(one.target).name: [(f.rule, f.line) for f in one.findings if not f.suppressed]
        for one in found.report.subjects
    }


def test_quiet_by_default(tmp_path: Path):
    """What only pedants want waits for them."""
    write(tmp_path, compose_yaml=WEB)

    assert told(looked(tmp_path / "compose.yaml")) == []
    assert len(told(looked(tmp_path / "compose.yaml", pedantic=True))) >= 9


def test_an_override_is_read_over_its_base(tmp_path: Path):
    """Each file tells what stands in it; a circle of both is no circle of one."""
    over = "services:\n  web:\n    depends_on: [db]\n    pid: host\n  db:\n    image: db:1\n"
    write(tmp_path, compose_yaml=BAD, compose_override_yaml=over)

    assert by_file(linted(tmp_path)) == {
        "compose.yaml": [("privileged-service", 4)],
        "compose.override.yaml": [("host-pid-service", 4)],
    }


def test_what_is_included_is_told_at_the_line_that_brings_it(tmp_path: Path):
    """Or in its own place, where it is linted too."""
    write(tmp_path, compose_yaml="include:\n  - other.yaml\n", other_yaml=BAD)
    (hit,) = looked(tmp_path / "compose.yaml").hits

    assert (hit.finding.rule, hit.finding.line) == ("privileged-service", 2)
    assert "(other.yaml:4)" in hit.finding.description
    assert hit.fault.edits == ()
    write(tmp_path, compose_yaml="include:\n  - sub/compose.yaml\n", sub__compose_yaml=BAD)
    found = [one for one in linted(tmp_path).report.subjects if one.findings]
    assert [one.target for one in found] == [f"{tmp_path}/sub/compose.yaml"]


def test_what_is_extended_is_told_at_extends(tmp_path: Path):
    """The line of the service that takes it."""
    main = "services:\n  app:\n    extends:\n      file: base.yaml\n      service: web\n"
    write(tmp_path, compose_yaml=main, base_yaml=BAD)

    assert told(looked(tmp_path / "compose.yaml")) == [("privileged-service", 3)]


def test_an_anchor_is_told_once(tmp_path: Path):
    """And how many services share it."""
    text = "x-a: &a\n  pid: host\nservices:\n" + "".join(
        f"  s{n}:\n    <<: *a\n    image: web:1\n" for n in range(3)
    )
    write(tmp_path, compose_yaml=text)
    (hit,) = looked(tmp_path / "compose.yaml").hits

    assert (hit.finding.line, "and 2 more services" in hit.finding.description) == (2, True)


def test_nothing_outside_of_the_project_is_read(tmp_path: Path):
    """Neither by name nor by a link; it is said."""
    write(tmp_path, secret_yaml=BAD, p__compose_yaml="include: [../secret.yaml, link.yaml]\n" + WEB)
    (tmp_path / "p" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    found = looked(tmp_path / "p" / "compose.yaml")

    assert told(found) == []
    assert [one.location for one in found.unknowns] == ["compose.yaml:1"] * 2
    assert {one.weight for one in found.unknowns} == {Weight.COVERAGE}


def test_what_is_no_compose_file_is_undecided(tmp_path: Path):
    """Never clean."""
    write(tmp_path, compose_yaml="services: [\n")
    found = looked(tmp_path / "compose.yaml")

    assert [one.weight for one in found.unknowns] == [Weight.BLOCKING]


@pytest.mark.parametrize(
    ("text", "weight"),
    [("web:\n  image: web\n", Weight.BLOCKING), ("volumes: {a: }\n", Weight.COVERAGE)],
)
def test_a_file_without_services_is_not_clean(tmp_path: Path, text: str, weight: Weight):
    """The form before services: is no longer read by Compose either."""
    write(tmp_path, compose_yaml=text)

    assert [one.weight for one in looked(tmp_path / "compose.yaml").unknowns] == [weight]


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_what_git_keeps(tmp_path: Path):
    """A file of credentials is told only where git has it."""
    name = "DB_PASS" + "WORD"
    text = "services:\n  web:\n    image: web:1\n    env_file: [a.env, b.env]\n"
    value = f"{name}=" + "not-" + "shown-here-9\n"
    write(tmp_path, sub__compose_yaml=text, sub__a_env=value, sub__b_env=value)
    for words in (("init", "-q"), ("add", "sub/a.env")):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True, capture_output=True)
    (hit,) = looked(tmp_path / "sub" / "compose.yaml").hits

    assert hit.finding.rule == "secret-file-committed"
    assert "sub/a.env" in hit.finding.description
    assert "shown-here" not in hit.finding.description


def test_comments_silence(tmp_path: Path):
    """Above a value or behind it, with the reason."""
    text = (
        "services:\n  # pratique ignore=host-pid-service # ours\n  web:\n    image: web:1\n"
        "    pid: host\n    privileged: true # pratique ignore=CIS-Docker-5.5\n    ipc: host\n"
    )
    write(tmp_path, compose_yaml=text)

    assert by_file(linted(tmp_path)) == {"compose.yaml": [("host-ipc-service", 7)]}


def test_fixes_with_proof(tmp_path: Path):
    """Safe ones by themselves, verified ones where asked for; comments and order stay."""
    text = (
        "# shop\nversion: '3' # old\nservices:\n  db: # main\n    image: postgres:16\n"
        "    ports:\n      - 5432:5432 # tests\n    pid: host\n"
    )
    write(tmp_path, compose_yaml=text)

    def after(*classes: FixClass) -> str:
        (file,) = linted(tmp_path, fixes=frozenset(classes)).files
        assert file.mended is not None
        assert file.mended.withdrawn == ()
        return file.mended.content.decode()

    safe = text.replace("version: '3' ", "")
    assert after(FixClass.SAFE) == safe
    assert after(FixClass.SAFE, FixClass.VERIFIED) == safe.replace(
        "5432:5432", "127.0.0.1:5432:5432"
    ).replace("    pid: host\n", "")


def test_standard_input():
    """It has no folder: what it includes is not read, which is said."""
    run = Run(wanted=checks(pedantic=False), paths=("-",))
    found = look_at(b"include: [a.yaml]\n" + BAD.encode(), "-", None, run)

    assert told(found) == [("privileged-service", 5)]
    assert [one.location for one in found.unknowns] == ["-:1"]
