import re

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from pratique.model.package import PackageType
from pratique.model.report import Report, SubjectKind
from pratique.reports import github
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden
from tests.reports.strange import strange_reports

KINDS = made.every_kind()
COMMAND = re.compile(r"::(error|warning|notice) (?:(?:file|title)=[^:,]*,?)*::[^\r\n]*")


def lines(report: Report) -> list[str]:
    content = github.render(report, Style()).decode()
    assert content.endswith("\n") or not content
    return content.split("\n")[:-1]


@pytest.mark.parametrize("kind", ["contraband", "everything", "languages"])
def test_equals_its_golden(kind: str):
    """The commands look as they were last reviewed."""
    golden(f"report-{kind}.github.txt", github.render(KINDS[kind], Style()))


@settings(max_examples=60, deadline=None)
@given(strange_reports())
def test_every_line_is_one_command_of_ours(report: Report):
    """No name starts a line, ends a property or brings a command of its own."""
    for line in lines(report):
        assert COMMAND.fullmatch(line)
        assert line.isprintable()
        assert not re.search(r"##vso\[|##\[", line)


def test_a_name_cannot_break_out():
    """Percent signs, line ends, colons and commas are escaped as the toolkit does."""
    name = "a%0A::set-output name=x::y\r\n::error::,file=b"
    odd = made.deb(name, "1")
    report = made.report(
        made.subject(
            packages=(odd,), findings=(made.finding("CVE-1", odd, made.Severity.HIGH, "2"),)
        )
    )
    (found,) = [line for line in lines(report) if line.startswith("::error")]
    assert "\r" not in found
    assert "a%250A" in found
    assert found.count("::") >= 2
    title = found.partition("::error ")[2].partition("::")[0]
    assert "," not in title


def test_no_more_than_are_shown():
    """Of each level at most ten lines are written, and the tenth counts the rest."""
    found = lines(made.large(3000))
    for level in ("error", "warning", "notice"):
        of_level = [line for line in found if line.startswith(f"::{level} ")]
        assert len(of_level) <= 10
    assert any("more: see another format" in line for line in found)


def test_a_folder_has_files_to_annotate():
    """In a checked-out repository the lockfile is annotated; in an image there is no file."""
    lock = made.language(PackageType.NPM, "semver", "5.7.1", "web/package-lock.json", declared=True)
    found = made.finding("CVE-2022-25883", lock, made.Severity.HIGH, "5.7.2")
    subject = made.subject(packages=(lock,), findings=(found,))
    folder = replace(subject, kind=SubjectKind.DIRECTORY, target=".", image=None, digest=None)
    assert "file=web/package-lock.json," in lines(made.report(folder))[0]
    assert (
        "file=sub/web/package-lock.json," in lines(made.report(replace(folder, target="./sub/")))[0]
    )
    assert "file=" not in lines(made.report(replace(folder, target="/abs")))[0]
    assert "file=" not in lines(made.report(subject))[0]


def test_a_folder_names_file_and_line():
    """What stands in a repository is shown at its line; what stands in an image is not."""
    secret = made.others()[1]
    folder = made.subject(
        kind=SubjectKind.DIRECTORY, target="app", image=None, digest=None, findings=(secret,)
    )
    first = github.render(made.report(folder), Style()).decode().splitlines()[0]
    assert first.startswith("::error file=app/srv/web/.env,line=12,title=secret")
    in_image = github.render(made.report(made.subject(findings=(secret,))), Style()).decode()
    assert "file=" not in in_image
