"""What was seen reaches a scan from a file or the store, under the image's own digest."""

from pathlib import Path

import pytest

from pratique.formats.in_use_file import write_in_use
from pratique.kit.store import Store
from pratique.model.digest import sha256_of
from pratique.model.errors import TargetError, UsageError
from pratique.model.in_use import InUse
from pratique.model.report import Subject, SubjectKind
from pratique.pipelines.in_use_evidence import keep_in_use, load_in_use

DIGEST = sha256_of(b"image")
ROW = InUse(digest=DIGEST, package="pkg:x/y@1", path="/y", first_ns=1, last_ns=2)
IMAGE = Subject(kind=SubjectKind.IMAGE, target="x", digest=DIGEST)
FOLDER = Subject(kind=SubjectKind.DIRECTORY, target="x")


def test_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "seen.json"
    file.write_bytes(write_in_use([ROW]))
    seen = load_in_use(str(file), None)
    assert seen(IMAGE) == (ROW,)
    assert seen(FOLDER) == ()


def test_from_the_store(tmp_path: Path) -> None:
    assert load_in_use("store", tmp_path)(IMAGE) == ()
    with Store(tmp_path) as store:
        keep_in_use(store, [ROW])
        keep_in_use(store, [])
    seen = load_in_use("store", tmp_path)
    assert seen(IMAGE) == (ROW,)
    assert seen(FOLDER) == ()


def test_nobody_asked_and_mistakes(tmp_path: Path) -> None:
    assert load_in_use("", None)(IMAGE) == ()
    with pytest.raises(TargetError):
        load_in_use(str(tmp_path / "nothing"), None)
    with pytest.raises(UsageError, match="no store"):
        load_in_use("store", None)
    (tmp_path / "x").write_text("hello")
    with pytest.raises(UsageError, match="x: JSON"):
        load_in_use(str(tmp_path / "x"), None)
