"""What shellcheck says of a RUN stands at its place in the Dockerfile; when it fails, that is said."""

import json
import os
import shutil
from pathlib import Path

import pytest

from pratique.checks.dockerfile.interface import scene_of
from pratique.model.errors import FormatError
from pratique.model.severity import Severity
from pratique.pipelines.check_shell import look_at_shell
from pratique.pipelines.lint_dockerfile import Around, look_at

TEXT = "FROM a:1\nENV B=1\nRUN set -e; \\\n  # a comment\n  rm $x\n"


def fake(folder: Path, answer: str, code: int = 1) -> str:
    """Return a program that answers this, and keeps the scripts that it was given."""
    place = folder / "shellcheck"
    (folder / "answer").write_text(answer)
    place.write_text(f"#!/bin/sh\ncp ./*.sh {folder}/\ncat {folder}/answer\nexit {code}\n")
    place.chmod(0o755)
    return str(place)


def said(line: int, column: int, level: str = "warning") -> str:
    """Return a report with one finding of two columns."""
    one = {"file": "0.sh", "line": line, "endLine": line, "column": column}
    rest = {
        "endColumn": column + 2,
        "level": level,
        "code": 2086,
        "message": "Quote it.",
        "fix": None,
    }
    return json.dumps({"comments": [one | rest]})


def test_places(tmp_path: Path) -> None:
    """A column of the joined script is found in the line that it came from."""
    program = fake(tmp_path, said(3, len("set -e;   rm ") + 1))
    scene = scene_of(TEXT)
    ((rule, fault),) = look_at_shell(scene, program, pedantic=False)

    assert rule.ALIASES == ("SC2086",)
    assert rule.SEVERITY is Severity.LOW
    assert fault.line == 5
    assert scene.file.content[fault.start : fault.end] == b"$x"
    assert (tmp_path / "0.sh").read_text().startswith("#!/bin/sh\nexport B=x\nset -e;")


def test_style_is_pedantic(tmp_path: Path) -> None:
    """Remarks wait for --pedantic."""
    program = fake(tmp_path, said(3, 1, "info"))

    assert list(look_at_shell(scene_of(TEXT), program, pedantic=False)) == []
    assert len(list(look_at_shell(scene_of(TEXT), program, pedantic=True))) == 1


def test_a_place_in_the_header_is_none(tmp_path: Path) -> None:
    """What is said of our own lines is nobody's business."""
    assert list(look_at_shell(scene_of(TEXT), fake(tmp_path, said(2, 1)), pedantic=True)) == []


@pytest.mark.parametrize(("answer", "code"), [("no json", 1), ('{"comments": [{}]}', 1), ("", 2)])
def test_failures_are_told(tmp_path: Path, answer: str, code: int) -> None:
    """Nonsense and a failing program are an Unknown of the file; the checks of ours stand."""
    program = fake(tmp_path, answer, code)
    with pytest.raises(FormatError):
        list(look_at_shell(scene_of(TEXT + f"RUN {code}"), program, pedantic=True))
    looked = look_at(TEXT.encode(), "Dockerfile", {}, around=Around(shellcheck=program))

    assert [one.unit for one in looked.unknowns] == ["shellcheck"]


def test_no_room_for_the_scripts_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full temporary folder is an Unknown of the file, not the end of the run."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    program = fake(tmp_path, said(1, 1))
    looked = look_at(TEXT.encode(), "Dockerfile", {}, around=Around(shellcheck=program))

    assert [one.unit for one in looked.unknowns] == ["shellcheck"]


def test_a_file_without_scripts_asks_nobody(tmp_path: Path) -> None:
    """The exec form and PowerShell have no script."""
    text = 'FROM a:1\nRUN ["x"]\nSHELL ["powershell"]\nRUN y\n'

    assert list(look_at_shell(scene_of(text), f"{tmp_path}/absent", pedantic=True)) == []


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_the_real_one() -> None:
    """Shellcheck itself finds an unquoted variable in a here-document."""
    text = "FROM a:1\nRUN <<EOF\nread -r a\nrm $a\nEOF\n"
    program = shutil.which("shellcheck", path=os.environ["PATH"]) or ""
    found = list(look_at_shell(scene_of(text), program, pedantic=True))

    assert [(rule.ALIASES, fault.line) for rule, fault in found] == [(("SC2086",), 4)]
