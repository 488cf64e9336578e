"""A directory is opened as a root file system when it is asked for or looks like one."""

import os

import pytest

from pratique.sources.directory import looks_like_root, open_target
from pratique.sources.interface import Options, TargetNotFound, TargetRefused
from tests.sources.test_archive import NOBODY


def test_opens(tmp_path):
    """Nothing is read; the path is handed on."""
    assert open_target(str(tmp_path), Options()).folder.path == tmp_path


def test_refuses(tmp_path):
    """What cannot be listed is refused."""
    (tmp_path / "file").touch()
    for path in (tmp_path / "none", tmp_path / "file", "nul\0"):
        with pytest.raises(TargetNotFound):
            open_target(str(path), Options())


def test_rights(tmp_path):
    """A directory without rights is refused with a hint on rights."""
    tmp_path.chmod(0)
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        with pytest.raises(TargetRefused):
            open_target(str(tmp_path), Options())
    finally:
        os.seteuid(was)
        tmp_path.chmod(0o700)


def test_looks_like_root(tmp_path):
    """os-release, a package database or three of the usual folders tell a root file system."""
    assert not looks_like_root(tmp_path)
    for name in ("usr", "bin"):
        (tmp_path / name).mkdir()
    assert not looks_like_root(tmp_path)
    (tmp_path / "etc").mkdir()
    assert looks_like_root(tmp_path)
    (tmp_path / "bin").rmdir()
    assert not looks_like_root(tmp_path)
    (tmp_path / "etc/os-release").touch()
    assert looks_like_root(tmp_path)
