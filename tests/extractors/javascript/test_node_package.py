import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.javascript import node_package
from pratique.model.errors import FormatError
from pratique.model.package import Package
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives


def read(path: str, content: str) -> tuple[Package, ...]:
    return node_package.extract_file(layer_file(path, content)).packages


@pytest.mark.parametrize(
    "path",
    [
        "node_modules/ms/package.json",
        "usr/local/lib/node_modules/ms/package.json",
        "a/node_modules/.pnpm/ms@2.0.0/node_modules/ms/package.json",
        "a/.yarn/unplugged/ms-npm-2.0.0-abc/node_modules/ms/package.json",
        "a/node_modules/.deno/ms@2.0.0/node_modules/ms/package.json",
        "usr/share/nodejs/ms/package.json",
        "root/.bun/install/cache/ms@2.0.0@@@1/package.json",
        "deno-dir/npm/registry.example/ms/2.0.0/package.json",
    ],
)
def test_package_roots_of_every_tool_are_read(path: str) -> None:
    """npm, pnpm, Yarn, Deno, Bun and Debian put packages in these places."""
    assert [p.version for p in read(path, '{"name": "ms", "version": "2.0.0"}')] == ["2.0.0"]


@pytest.mark.parametrize(
    "path",
    [
        "node_modules/ms/test/fixtures/package.json",
        "node_modules/ms/dist/esm/package.json",
        "node_modules/resolve/test/x/node_modules/y/package.json",
        "node_modules/.bin/package.json",
        "node_modules/package.json",
        "usr/lib/python3/dist-packages/notebook/static/package.json",
        "usr/share/nodejs/ms/test/package.json",
        "root/.bun/install/cache/ms@2.0.0@@@1/examples/package.json",
        "deno-dir/npm/registry.example/ms/2.0.0/examples/package.json",
        "deno-dir/npm/registry.example/package.json",
        "root/.bun/install/cache/package.json",
    ],
)
def test_other_package_files_are_no_packages(path: str) -> None:
    """What lies inside a package belongs to it."""
    assert read(path, '{"name": "y", "version": "1.0.0"}') == ()


def test_an_own_package_is_listed_unless_it_is_private() -> None:
    """A private package is on no registry."""
    assert [p.name for p in read("srv/package.json", '{"name": "x", "version": "1.0.0"}')] == ["x"]
    assert read("srv/package.json", '{"name": "x", "version": "1.0.0", "private": true}') == ()
    assert read("srv/package.json", '{"version": "1.0.0"}') == ()
    assert read("srv/package.json", '{"name": "x"}') == ()


def test_a_package_without_a_name_has_the_name_of_its_folder() -> None:
    """Leaving the name out hides nothing."""
    assert [p.name for p in read("node_modules/@a/b/package.json", '{"version": "1.0.0"}')] == [
        "@a/b"
    ]


@pytest.mark.parametrize(
    ("text", "licences"),
    [
        ('"MIT"', ("MIT",)),
        ('{"type": "BSD", "url": "http://x"}', ("BSD",)),
        ('["MIT", {"type": "Apache-2.0"}]', ("MIT", "Apache-2.0")),
        ("7", ()),
        ("null", ()),
    ],
)
def test_licences_of_all_forms_are_read(text: str, licences: tuple[str, ...]) -> None:
    """Old packages state objects and lists."""
    manifest = f'{{"name": "ms", "version": "1.0.0", "license": {text}}}'

    assert read("node_modules/ms/package.json", manifest)[0].licences == licences


@pytest.mark.parametrize(
    "content",
    ['{"name": "ms", "version": 2}', '{"name": "a b", "version": "1.0.0"}', "// comment\n{}", "[]"],
)
def test_what_is_no_package_where_one_must_be_is_a_format_error(content: str) -> None:
    """The place says that something is installed there."""
    with pytest.raises(FormatError):
        read("node_modules/ms/package.json", content)


@given(mutated(*samples("node_package")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(node_package, "node_modules/ms/package.json", content)
