"""The documentation is true: commands exist, links lead somewhere, generated pages are current."""

import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from pratique.cli.main import program
from tests.house.tree import ROOT, files, text
from tools import generate
from tools.reference.commands import context

FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)")
LANGUAGES = {"sh", "text", "toml", "console", "pycon", "json", "python", "yaml"}
BY_HAND = [path for path in files() if path.suffix == ".md" and "reference" not in path.parts]
PAGES = [path for path in BY_HAND if path.parts[0] not in ("changelog.d", "tests")]


def test_generated_pages_are_current() -> None:
    """What is committed is what the code says today; `make docs-generate` mends it."""
    stale = [
        path
        for path, wanted in _generated().items()
        if not (ROOT / path).is_file() or (ROOT / path).read_text() != wanted
    ]

    assert stale == []


def test_generation_is_repeatable() -> None:
    """Two runs make equal pages."""
    assert generate.generated() == _generated()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_command_in_a_page_exists(page: Path) -> None:
    """Every `pratique …` line of a shell block names a command and options that are there."""
    for line in _commands(page):
        problem = _unknown(shlex.split(line, comments=True)[1:])
        assert not problem, f"{page}: {line!r}: {problem}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_verb_in_a_page_exists(page: Path) -> None:
    """Every `make …` of a shell block is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", text(Path("Makefile")), re.MULTILINE))
    asked = re.findall(r"(?:^|&& )(?:\w+=\S+ )*make +([a-z][a-z-]*)", "\n".join(_shell(page)), re.M)

    assert set(asked) <= targets


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Relative links of every page lead to a file of the repository."""
    outside = ("http:", "https:", "mailto:", "#")
    for link in LINK.findall(text(page)):
        if not link.startswith(outside):
            assert (ROOT / page.parent / link.partition("#")[0]).exists(), f"{page}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_block_says_what_it_is(page: Path) -> None:
    """Every fenced block has a language, and one that is checked or plainly not code."""
    assert {language for language, _ in _blocks(page)} <= LANGUAGES


def test_every_page_is_in_the_navigation() -> None:
    """A page by hand can be found from the menu, a decision from the list of decisions."""
    menu = text(Path("mkdocs.yml")) + text(Path("docs/adr/index.md")).replace("](", "](adr/")
    pages = [str(path.relative_to("docs")) for path in BY_HAND if path.parts[0] == "docs"]

    assert [page for page in pages if page not in menu] == []


def test_settings_in_pages_are_settings(tmp_path: Path) -> None:
    """Every TOML block is a settings file that the program takes."""
    from pratique.cli.config import default_map

    blocks = [body for page in PAGES for language, body in _blocks(page) if language == "toml"]
    for number, body in enumerate(blocks):
        file = tmp_path / f"{number}.toml"
        file.write_text(body)
        assert default_map(str(file), program)


def test_python_in_pages_runs() -> None:
    """Every Python block is executed."""
    for page in PAGES:
        for language, body in _blocks(page):
            if language == "python":
                exec(compile(body, str(page), "exec"), {})


@cache
def _generated() -> dict[str, str]:
    return generate.generated()


def _blocks(page: Path) -> Iterator[tuple[str, str]]:
    for match in FENCE.finditer(text(page)):
        yield match[2], match[3]


def _shell(page: Path) -> list[str]:
    return [line for language, body in _blocks(page) if language == "sh" for line in _lines(body)]


def _lines(body: str) -> list[str]:
    return [line.strip() for line in body.replace("\\\n", " ").splitlines()]


def _commands(page: Path) -> list[str]:
    shell = [line for line in _shell(page) if line.startswith("pratique ")]
    consoles = [body for language, body in _blocks(page) if language == "console"]
    typed = [
        line[2:] for body in consoles for line in _lines(body) if line.startswith("$ pratique")
    ]
    return [line.partition(" > ")[0] for line in shell + typed]


def _unknown(words: list[str]) -> str:
    """Return the first word that is no command or option, or nothing."""
    command: click.Command = program
    here = context(program, None, "pratique")
    for word in words:
        child = command.get_command(here, word) if isinstance(command, click.Group) else None
        if child is not None:
            command, here = child, context(child, here, word)
        elif word.startswith("-") and word != "-":
            known = {flag for one in command.params for flag in (*one.opts, *one.secondary_opts)}
            known |= {"-h", "--help"}
            if word.partition("=")[0] not in known:
                return f"`{here.command_path}` has no option {word}"
        elif isinstance(command, click.Group):
            return f"`{here.command_path}` has no command {word}"
    return ""
