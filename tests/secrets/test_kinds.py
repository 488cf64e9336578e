"""
Law: every kind finds its true samples, at their line and by its own name, and none of the false.

And: what a kind says of itself is whole, and no text makes its expression run long.
"""

import importlib
import pkgutil
import re
import resource
import subprocess
import sys
from functools import cache

import pytest

from pratique.secrets import kinds
from pratique.secrets.interface import Sample, SecretKind
from pratique.secrets.rule import Rule
from pratique.secrets.rules import all_rules
from pratique.secrets.scanner import SecretScanner
from tests.secrets.noise import TextFile

FAMILIES = tuple(
    importlib.import_module(f"{kinds.__name__}.{info.name}")
    for info in pkgutil.iter_modules(kinds.__path__)
)
ALL: tuple[SecretKind, ...] = tuple(kind for family in FAMILIES for kind in family.KINDS)
CPU_SECONDS = 60
"""For all kinds and texts of the test below, which take some three seconds."""


@cache
def scanner(*which: SecretKind) -> SecretScanner:
    rules = tuple(Rule(kind=kind, general=kind.general) for kind in which) or all_rules()
    return SecretScanner(rules, engine="keywords")


def lines(sample: Sample, *which: SecretKind) -> list[int]:
    """Return the lines in which kinds, or all of them, see something."""
    file = TextFile(sample.path, sample.make().encode())
    return [spot.line for spot in scanner(*which).scan(file)]


@pytest.mark.parametrize("kind", ALL, ids=[kind.id for kind in ALL])
def test_it_finds_what_it_says_and_nothing_else(kind: SecretKind) -> None:
    """True samples are seen once, where they say; false ones are not."""
    assert [lines(sample, kind) for sample in kind.true] == [[one.line] for one in kind.true]
    assert [lines(sample, kind) for sample in kind.false] == [[] for _ in kind.false]


@pytest.mark.parametrize("family", FAMILIES, ids=[family.NAME for family in FAMILIES])
def test_a_sample_is_found_among_all_kinds(family) -> None:
    """Whatever other kinds there are, something is told at the line of a true sample."""
    missed = [
        (kind.id, number)
        for kind in family.KINDS
        for number, sample in enumerate(kind.true[:2])
        if sample.line not in lines(sample)
    ]

    assert missed == []


def test_names_are_unique_and_many() -> None:
    """There are at least as many kinds as promised, and none of one name."""
    names = [kind.id for kind in ALL]

    assert len(names) == len(set(names)) >= 225
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


@pytest.mark.parametrize("kind", ALL, ids=[kind.id for kind in ALL])
def test_it_says_what_it_is(kind: SecretKind) -> None:
    """A title, what to do, and two samples of either sort, made alike each time."""
    assert kind.title
    assert len(kind.rotate) > 6
    assert len(kind.true) >= 2
    assert len(kind.false) >= 2
    assert all(sample.make() == sample.make() for sample in (*kind.true, *kind.false))


@pytest.mark.parametrize("kind", ALL, ids=[kind.id for kind in ALL])
def test_a_keyword_is_in_every_match(kind: SecretKind) -> None:
    """The engine without a set matcher starts from keywords: none may be missing."""
    assert kind.keywords
    assert all(word == word.lower() for word in kind.keywords)
    expression = re.compile(kind.pattern, re.IGNORECASE if kind.folded else 0)
    for sample in kind.true:
        match = expression.search(sample.make().encode())
        assert match is not None
        assert any(word in match[0].lower() for word in kind.keywords)


def test_no_text_makes_an_expression_run_long() -> None:
    """All kinds, on texts made to lead them astray, keep to a bound of processor time."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))

    command = [sys.executable, "-c", "from tests.secrets.astray import run; print(run())"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)

    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) == len(ALL)
