"""An image is asked for by any of its digests; the newest answer counts."""

from pathlib import Path

import pytest

from pratique.kit.store import Store
from pratique.model.stored import StoredVerdict


def verdict(
    answer: str = "allow", judged: str = "2026-01-01", digest: str = "sha256:m"
) -> StoredVerdict:
    return StoredVerdict(
        digest=digest,
        answer=answer,
        policy="baseline" if answer else "",
        judged=judged if answer else "",
        flaws=(("high", 2),),
        scanned=judged,
    )


def test_names(tmp_path: Path) -> None:
    """A name that stands for several images names none of them, its own digest apart."""
    with Store(tmp_path) as store:
        store.put_known(verdict(), ["sha256:c", "sha256:i", ""])
        store.put_known(verdict(digest="sha256:n"), ["sha256:d", "sha256:i"])
        names = ("sha256:m", "sha256:c", "sha256:d", "sha256:i", "sha256:x", "")
        assert [store.digest_of(one) for one in names] == [
            "sha256:m",
            "sha256:m",
            "sha256:n",
            "",
            "",
            "",
        ]
        store.put_known(verdict(digest="sha256:i"))
        assert store.digest_of("sha256:i") == "sha256:i"


def test_the_newest_answer(tmp_path: Path) -> None:
    """An older one does not replace it; a scan counts flaws and judges nothing."""
    with Store(tmp_path) as store:
        assert store.verdict_of("sha256:m") is None
        store.put_known(verdict("", "2026-01-01"))
        assert store.verdict_of("sha256:m") == verdict("", "2026-01-01")
        store.put_known(verdict("deny", "2026-02-02"))
        store.put_known(verdict("allow", "2026-01-03"))
        found = store.verdict_of("sha256:m")
        assert found is not None
        assert (found.answer, found.judged) == ("deny", "2026-02-02")
        store.put_known(verdict("warn", "2026-02-03"))
        assert store.verdict_of("sha256:m") == verdict("warn", "2026-02-03")


def test_an_answer_of_the_future_is_replaced(tmp_path: Path) -> None:
    """A clock that was ahead for an hour must not keep an image allowed for years."""
    with Store(tmp_path) as store:
        store.put_known(verdict("allow", "2999-01-01T00:00:00Z"))
        store.put_known(verdict("deny", "2026-02-02T00:00:00Z"))
        found = store.verdict_of("sha256:m")
        assert found is not None
        assert (found.answer, found.judged) == ("deny", "2026-02-02T00:00:00Z")


def test_files(tmp_path: Path) -> None:
    """What was kept stays where nothing new comes."""
    with Store(tmp_path) as store:
        store.put_known(verdict(), files=b"packed")
        store.put_known(verdict())
        assert store.files_of("sha256:m") == b"packed"
        assert store.files_of("sha256:x") is None


@pytest.mark.parametrize("ask", ["digest_of", "verdict_of", "files_of"])
def test_no_store(tmp_path: Path, ask: str) -> None:
    """Asking makes none."""
    assert not getattr(Store(tmp_path / "none"), ask)("sha256:m")
    assert not (tmp_path / "none").exists()
