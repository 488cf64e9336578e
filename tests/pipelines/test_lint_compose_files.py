"""Real Compose files: all are read, what checkov knows is told, and every fix that is made holds."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from pratique.model.fault import FixClass
from pratique.pipelines.lint_compose import Run, checks, look_at
from pratique.pipelines.lint_looking import Looked
from pratique.pipelines.mend_file import mend


@pytest.fixture(scope="session")
def files(shared: Path) -> dict[str, bytes]:
    """Return the files by name."""
    archive = zipfile.ZipFile(io.BytesIO((shared / "fixtures/compose/files.zip").read_bytes()))
    return {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}


def look(name: str, content: bytes, *, pedantic: bool = False) -> Looked:
    """Return what is seen of one file."""
    return look_at(content, name, None, Run(wanted=checks(pedantic=pedantic)))


def test_all_are_read(files: dict[str, bytes]):
    """Nothing stays unknown but files beside them that are not there."""
    unknown = [
        one.reason for name, content in files.items() for one in look(name, content).unknowns
    ]

    assert len(files) >= 40
    assert [
        one for one in unknown if "is not read" not in one and "cannot be taken" not in one
    ] == []


def test_what_checkov_tells(shared: Path, files: dict[str, bytes]):
    """A credential in each file in which it finds one."""
    lines = (shared / "fixtures/compose/expected/checkov-secrets.jsonl").read_text().splitlines()
    wanted = {json.loads(line)["file"] for line in lines}
    told = {
        name
        for name, content in files.items()
        if any(
            hit.finding.rule == "secret-in-service-environment" for hit in look(name, content).hits
        )
    }

    assert wanted <= told


@pytest.mark.parametrize("pedantic", [False, True])
def test_every_fix_holds(files: dict[str, bytes], pedantic: bool):
    """None fails its proof, and what is left of the file is as it was."""
    for name, content in files.items():
        mended = mend(content, lambda now, n=name: look(n, now, pedantic=pedantic), set(FixClass))

        assert mended.withdrawn == ()
        comments = [line.strip() for line in content.split(b"\n") if line.strip().startswith(b"#")]
        assert [one for one in comments if one not in mended.content] == []
