import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pratique.reports._encoding import json_bytes


@given(st.text())
def test_text_reads_back_and_acts_on_nothing(text: str):
    """Every string survives, and no control or bidirectional character stands in the bytes."""
    content = json_bytes([text])
    assert json.loads(content) == [text]
    shown = content.decode()
    assert not any(
        (unicodedata.category(char) == "Cc" and char != "\n")
        or unicodedata.bidirectional(char) in {"LRO", "RLO", "LRE", "RLE", "PDF", "LRI", "RLI", "FSI", "PDI"}
        for char in shown
    )  # fmt: skip


def test_ends_in_a_newline():
    """The output is a text file."""
    assert json_bytes({}).endswith(b"\n")


def test_no_string_is_a_command_to_a_ci_service():
    """It reads back the same, and the log of a CI run holds no ``##[``."""
    for text in ("##[add-path]/tmp", "\\##vso[task.x]y", "a###[x", "## heading", "#"):
        content = json_bytes({"name": text})
        assert json.loads(content) == {"name": text}
        assert b"##[" not in content
        assert b"##vso[" not in content


def test_a_large_document_is_the_same_in_pieces() -> None:
    """Characters of every length stand on both sides of each cut, and none is lost."""
    texts = ["\u202e" * at + "ß漢😀\x7f" * 50_000 for at in range(5)]
    content = json_bytes({"names": texts})
    assert json.loads(content) == {"names": texts}
    assert len(content) > 5 * (1 << 19)
    assert content.endswith(b"}\n")
    assert "\u202e" not in content.decode()
