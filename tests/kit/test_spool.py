"""A temporary file without a name."""

import gc
import os
from pathlib import Path

import pytest

from pratique.kit.spool import Spool


def test_it_can_be_written_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    spool = Spool()
    os.pwrite(spool.fd, b"content", 0)
    assert os.pread(spool.fd, 100, 3) == b"tent"
    spool.close()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(spool.fd)


def test_a_folder_that_cannot_be_used_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/proc/does-not-exist")
    assert Spool().fd >= 0


def test_one_that_is_forgotten_is_closed() -> None:
    """An interrupted scan leaves no descriptor open."""
    spool = Spool()
    descriptor = spool.fd
    del spool
    gc.collect()
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(descriptor)
