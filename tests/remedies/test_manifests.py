"""Pins are edited where the text alone decides; else the command is told."""

import pytest

from pratique.formats.edits import apply_edits
from pratique.model.package import PackageType
from pratique.remedies._manifests import way_to
from tests.makers.situation import package, situation


def changed(kind: PackageType, name: str, files: dict[str, str], version: str = "2.1"):
    """Return the manifests that change, and the commands."""
    there = situation(files={path: text.encode() for path, text in files.items()})
    way = way_to(package(kind, name, "2.0"), version, there)
    after = {
        edit.file: apply_edits(there.files[edit.file], way.edits).decode() for edit in way.edits
    }
    return after, way.commands


@pytest.mark.parametrize(
    ("kind", "name", "path", "before", "after"),
    [
        (PackageType.PYPI, "a-b", "requirements.txt", "# é\nA_b[x]==2.0 ; x\nc==1\n", "# é\nA_b[x]==2.1 ; x\nc==1\n"),
        (PackageType.PYPI, "a", "requirements-dev.txt", "b==1", "b==1\na>=2.1\n"),
        (PackageType.NPM, "@a/b", "x/package.json", '{"@a/b": "^2.0"}', '{"@a/b": "^2.1"}'),
        (PackageType.GOLANG, "a.b/c", "go.mod", "require (\n\ta.b/c v2.0\n)", "require (\n\ta.b/c v2.1\n)"),
        (PackageType.GEM, "a", "Gemfile", "gem 'a', '~> 2.0'\n", "gem 'a', '~> 2.1'\n"),
        (
            PackageType.MAVEN, "g:a", "pom.xml",
            "<groupId>g</groupId>\n<artifactId>a</artifactId><version>2.0</version>",
            "<groupId>g</groupId>\n<artifactId>a</artifactId><version>2.1</version>",
        ),
        (
            PackageType.MAVEN, "g:a", "pom.xml",
            "<v>2.0</v><groupId>g</groupId><artifactId>a</artifactId><version>${v}</version>",
            "<v>2.1</v><groupId>g</groupId><artifactId>a</artifactId><version>${v}</version>",
        ),
    ],
)  # fmt: skip
def test_edits(kind: PackageType, name: str, path: str, before: str, after: str) -> None:
    assert changed(kind, name, {path: before}) == ({path: after}, ())


@pytest.mark.parametrize(
    ("kind", "name", "files", "command"),
    [
        (PackageType.PYPI, "a", {"requirements.txt": "a==2.0 --hash=sha256:0"},
         "pip-compile --generate-hashes --upgrade-package a==2.1 requirements.txt"),
        (PackageType.PYPI, "a", {}, "pip install --no-cache-dir --upgrade 'a>=2.1'"),
        (PackageType.NPM, "a", {"package.json": '{"a": "2.0"}', "package-lock.json": ""}, "npm install a@2.1"),
        (PackageType.NPM, "a", {"package.json": '{"a": ">=2"}', "package-lock.json": ""}, "npm install a@2.1"),
        (PackageType.NPM, "@s/a", {"w/package.json": '{"b": "2.0"}', "w/package-lock.json": ""},
         "cd w/ && npm pkg set 'overrides[@s/a]=2.1' && npm install"),
        (PackageType.NPM, "a", {"w/package.json": "{}", "w/yarn.lock": ""}, "cd w/ && yarn up a@2.1"),
        (PackageType.GOLANG, "a.b/c", {"go.mod": "require a.b/c v2.0", "go.sum": ""},
         "go get a.b/c@v2.1 && go mod tidy"),
        (PackageType.GOLANG, "stdlib", {}, "build with Go 2.1 or later"),
        (PackageType.GEM, "a", {"Gemfile": "gem 'a', '2.0'", "Gemfile.lock": ""},
         "bundle update a --conservative"),
        (PackageType.MAVEN, "g:a", {"pom.xml": "<x/>"}, "set the version of g:a to 2.1"),
        (PackageType.CARGO, "a", {}, "cargo update -p a --precise 2.1"),
        (PackageType.LUAROCKS, "a", {}, "upgrade a to 2.1"),
    ],
)  # fmt: skip
def test_commands(kind: PackageType, name: str, files: dict[str, str], command: str) -> None:
    """A lock file with hashes must agree, so its own tool has to write it."""
    assert changed(kind, name, files) == ({}, (command,))


@pytest.mark.parametrize(
    ("run", "after"),
    [
        ("pip install x a==2.0 'b[c]==2.0'", b"pip install x a==2.1 'b[c]==2.0'"),
        ('pip install \\\n  "a[z]==2.0"', b'pip install \\\n  "a[z]==2.1"'),
        ("<<E\npip install a==2.0\nE", b"<<E\npip install a==2.1\nE"),
        ("pip install \\\n # a==2.0\n a==2.0", b"pip install \\\n # a==2.0\n a==2.1"),
    ],
)
def test_a_pin_in_a_run(run: str, after: bytes) -> None:
    there = situation(dockerfile=f"FROM x\nRUN {run}\n")
    way = way_to(package(PackageType.PYPI, "a", "2.0"), "2.1", there)

    assert apply_edits(there.dockerfile.content, way.edits) == b"FROM x\nRUN " + after + b"\n"
    assert way.line == 2


def test_a_global_npm_package() -> None:
    there = situation(dockerfile="FROM x\nRUN npm install -g @a/b@2.0\n")
    way = way_to(package(PackageType.NPM, "@a/b", "2.0"), "2.1", there)
    assert b"@a/b@2.1" in apply_edits(there.dockerfile.content, way.edits)
