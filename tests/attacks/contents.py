"""
Read ``contents.tsv``: what each attack on content scanners must end in with all scanners at work.

Columns: the case (a name of ``tests.makers.attacks_contents``), the exit code, words of the Unknowns
("; " between them), rules of secrets and malware that must be found, the benign twin.
"""

from pathlib import Path

from msgspec import Struct

from tests.attacks.watch import scan
from tests.makers import layer
from tests.makers.benign import files_of
from tests.makers.image import archive

ALL = ("--scanners", "all")


class Row(Struct, frozen=True):
    """One line."""

    name: str
    exit_code: int
    words: tuple[str, ...]
    rules: frozenset[str]
    twin: str


def rows() -> list[Row]:
    """Return the lines of ``contents.tsv``."""
    text = Path(__file__).with_name("contents.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [
        Row(name, int(code), tuple(filter(None, words.split("; "))), frozenset(rules.split()), twin)
        for name, code, words, rules, twin in lines
    ]


def with_rules(folder: Path) -> Path:
    """Return the folder of compiled rules that a scan of nothing much leaves below ``folder``."""
    scan(archive(folder / "x.tar", files_of(layer.tar(layer.file("a", b"x")))), folder, *ALL)
    return folder / "cache" / "rules"
