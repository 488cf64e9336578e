"""Every limit has its row, in words."""

from pratique.kit.limits import Limits
from tools.reference import limits


def test_every_limit_is_described() -> None:
    """No bound is without a sentence, and none is described that does not exist."""
    assert list(limits.described()) == list(Limits.__struct_fields__)
    assert all(limits.described().values())


def test_sizes_read_like_sizes() -> None:
    """Powers of two are written with their unit, times in seconds."""
    page = limits.pages()["docs/reference/limits.md"]

    assert "| `json_bytes` | 8 MiB |" in page
    assert "| `layer_seconds` | 300 s |" in page
    assert "| `entries` | 800 000 |" in page
