"""A project is one model of many files; nothing outside of it is asked for, and gaps are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.compose import project as projects
from pratique.formats.compose.project import Project, read_project
from pratique.model.errors import FormatError

BASE = "services:\n  web:\n    image: web:1\n"


def made(over: tuple[str, ...] = (), /, **files: str) -> Project:
    """Return the model of ``main``; a name's ``_`` is a dot, ``__`` a slash."""
    named = {
        name.replace("__", "/").replace("_", "."): text.encode() for name, text in files.items()
    }
    return read_project("main", named.get, over=over)


def test_extends_in_one_file_and_another():
    """The service has what it extends, its own words win, and each value knows its file."""
    found = made(
        main="services:\n  web:\n    extends: {file: sub/base, service: app}\n    user: me\n",
        sub__base="services:\n  app:\n    extends: core\n    user: you\n"
        "  core:\n    image: core:1\n    privileged: true\n",
    )
    web = found.named("web")

    assert web is not None
    assert (web.image, web.get("user").text, web.file) == ("core:1", "me", "main")
    assert (web.get("privileged").file, web.get("privileged").node.line) == ("sub/base", 7)
    assert found.problems == ()


def test_include_brings_services_and_their_own_variables():
    """Relative to the file that includes; its folder's .env, over which that of the project wins."""
    found = made(
        main="include:\n  - sub/one\n  - path: [two]\n" + BASE,
        _env="TAG=top",
        sub___env="TAG=low\nNAME=sub",
        sub__one="include: [deep]\nservices:\n  a:\n    image: ${NAME}:${TAG}\n",
        sub__deep="services:\n  c:\n    image: c:1\n",
        two="services:\n  b:\n    image: b:${TAG}\n",
    )

    assert {one.name: one.image for one in found.services} == {
        "a": "sub:top",
        "b": "b:top",
        "c": "c:1",
        "web": "web:1",
    }


def test_a_file_over_its_base():
    """Fields of both; what each says stands in its own file."""
    found = made(
        ("base",),
        main="services:\n  web:\n    ports: ['80:80']\n",
        base=BASE + "    ports: ['81:81']\n",
    )
    (web,) = found.services

    assert [(one.at.file, one.published[0]) for one in web.ports] == [("base", 81), ("main", 80)]


def test_anchors_merge_keys_and_fragments():
    """What an anchor names is shared; x- fields are no services."""
    found = made(
        main="x-a: &a {privileged: true, user: x}\nservices:\n  web:\n    <<: *a\n    image: w:1\n"
    )
    (web,) = found.services

    assert web.get("privileged").truth is True
    assert web.get("privileged").node.line == 1


@pytest.mark.parametrize(
    "main",
    [
        "include: [../x]\n" + BASE,
        "include: [/etc/passwd]\n" + BASE,
        "include: [absent]\n" + BASE,
        "include: ['https://x.example/x.git']\n" + BASE,
        "include: ['${WHERE}']\n" + BASE,
        "include: [main]\n" + BASE,
        BASE + "    extends: {file: '~/x', service: a}\n",
        BASE + "    extends: nobody\n",
        BASE + "    extends: web\n",
        BASE + "    user: ${\n",
    ],
)
def test_what_is_not_read_is_said(main: str):
    """A problem with its line, and the rest stands."""
    found = made(main=main)

    assert found.problems
    assert found.problems[0].file == "main"
    assert found.named("web") is not None


def test_nothing_outside_is_asked_for():
    """Not even whether it is there."""
    asked: list[str] = []

    def read(name: str) -> bytes | None:
        asked.append(name)
        return b"include: [../x, /x, ~/x, a/../../x]\nservices: {}\n" if name == "main" else None

    read_project("main", read)

    assert set(asked) <= {"main", ".env"}


@pytest.mark.parametrize("content", ["- a", "a: [", "a: *b", "\x00", "text"])
def test_a_file_that_is_none(content: str):
    """It is refused with a reason."""
    with pytest.raises(FormatError):
        made(main=content)


def test_no_file_repeats_itself_without_end():
    """Aliases of aliases, services that copy much, circles of files: all within bounds."""
    laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(FormatError):
        made(main=laughs + BASE)
    large = "    dns: [" + "x, " * 5_000 + "x]\n"
    many = "".join(f"  s{n}: {{extends: web}}\n" for n in range(projects.MOST_COPIED // 5_000))
    assert any("cannot be taken" in one.reason for one in made(main=BASE + large + many).problems)
    circle = made(main="include: [two, two]\n" + BASE, two="include: [main, two]\nservices: {}\n")
    assert any("includes itself" in one.reason for one in circle.problems)


@given(st.text("ab:-[]{}&*<!$\n '\"#,", max_size=80))
def test_no_text_breaks_it(text: str):
    """A model or a refusal."""
    try:
        found = made(main="services:\n  a:\n    b: 1\n" + text)
    except FormatError:
        return
    assert found.root.at("services")
