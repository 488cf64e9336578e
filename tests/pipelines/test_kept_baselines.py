"""Kept baselines are files that people review, and never lost to a name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.model.baseline import Listening, Mode
from pratique.model.errors import TargetError, UsageError
from pratique.pipelines.kept_baselines import (
    _place,
    find_baseline,
    keep_baselines,
    load_baselines,
    read_baseline_file,
    set_mode,
)
from tests.makers.baselines import WEB_BASELINE

NEW = replace(WEB_BASELINE, mode=Mode.LEARN, listens=(Listening(9000),))


def test_what_is_learnt_anew_is_merged_and_the_mode_stays(tmp_path: Path) -> None:
    (path,) = keep_baselines(tmp_path, [WEB_BASELINE])
    keep_baselines(tmp_path, [NEW])
    (one,) = load_baselines(tmp_path)

    assert one.mode is Mode.DETECT
    assert set(one.listens) == {Listening(80), Listening(443), Listening(9000)}
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.glob(".*")) == []


def test_a_file_that_people_broke_is_named_and_stays(tmp_path: Path) -> None:
    (path,) = keep_baselines(tmp_path, [WEB_BASELINE])
    path.write_text("pratique-baseline: 1\nworkload: web\nwrote: []\n")
    with pytest.raises(UsageError, match=r":3:1: .*`wrote`"):
        keep_baselines(tmp_path, [NEW])
    assert "wrote" in path.read_text()


@given(st.text(min_size=1), st.text())
def test_no_name_becomes_a_path(workload: str, digest: str) -> None:
    place = _place(Path("/data"), replace(WEB_BASELINE, workload=workload, digest=digest))
    assert place.parent.parent == Path("/data/baselines")
    assert ".." not in place.parts


def test_they_are_found_by_name_digest_and_file(tmp_path: Path) -> None:
    other = replace(WEB_BASELINE, digest="sha256:" + "cd" * 32)
    (path, _) = keep_baselines(tmp_path, [WEB_BASELINE, other])

    assert find_baseline("web@sha256:cd", tmp_path) == other
    assert find_baseline(str(path), tmp_path) == WEB_BASELINE
    with pytest.raises(UsageError, match="several images"):
        find_baseline("web", tmp_path)
    with pytest.raises(TargetError, match="no baseline"):
        find_baseline("api", tmp_path)
    with pytest.raises(TargetError):
        read_baseline_file(tmp_path)


def test_the_mode_is_set(tmp_path: Path) -> None:
    keep_baselines(tmp_path, [NEW])
    set_mode(tmp_path, NEW, Mode.ENFORCE)
    assert load_baselines(tmp_path)[0].mode is Mode.ENFORCE
    assert load_baselines(tmp_path / "nothing") == ()
