"""Texts that lead backtracking expressions astray: long runs of what a kind repeats."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

from pratique.secrets import kinds
from pratique.secrets.interface import SecretKind

RUNS = (b"a", b"0", b"A", b" ", b"-", b'"', b"aA0_", b"a.", b"\n", b"\\n", b"a: b\n", b"= ")
SIZE = 3000


def run() -> int:
    """Search every kind's expression in all its texts; return how many kinds there were."""
    count = 0
    for info in pkgutil.iter_modules(kinds.__path__):
        for kind in importlib.import_module(f"{kinds.__name__}.{info.name}").KINDS:
            expression = re.compile(kind.pattern, re.IGNORECASE if kind.folded else 0)
            for text in texts(kind):
                for _ in expression.finditer(text):
                    pass
            count += 1
    return count


def texts(kind: SecretKind) -> Iterator[bytes]:
    """Yield a keyword before long runs, over and over with short ones, and samples cut off."""
    word = kind.keywords[0]
    sample = kind.true[0].make().encode()
    for run_of in RUNS:
        yield word + run_of * (SIZE // len(run_of))
        piece = word + run_of * 20
        yield piece * (SIZE // len(piece) + 1)
    for cut in (sample[:-3], sample[: len(sample) * 2 // 3]):
        yield cut * (SIZE // len(cut) + 1)
        yield cut + b"a" * SIZE
