"""
Say how a package of a language is upgraded: an edit where the text alone decides, else a command.

A text edit is safe where no lock file with hashes has to agree with it. Versions that stand as
exact pins are replaced in place; nothing else of the file changes.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from pratique.model.edit import Edit
from pratique.model.package import Package, PackageType
from pratique.remedies.interface import Situation

_BROUGHT = (
    "Another package brings it along: upgrade that one, or override what it asks for, as here."
)


class Way(Struct, frozen=True, kw_only=True):
    """How to upgrade: edits of files, or commands to run, and the line of the Dockerfile if any."""

    edits: tuple[Edit, ...] = ()
    commands: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    line: int = 0


def way_to(package: Package, version: str, situation: Situation) -> Way:
    """Return how to bring a package of a language to a version."""
    known = _WAYS.get(package.type)
    if known is not None:
        return known(package, version, situation)
    return Way(commands=(f"upgrade {package.name} to {version}",))


def _python(package: Package, version: str, situation: Situation) -> Way:
    name = _folded(package.name)
    pin = re.compile(
        r"(?P<name>[A-Za-z0-9._-]{1,200})(?:\[[^\]]{0,200}\])?\s*===?\s*(?P<version>[^\s;,#\\\"']{1,100})"
    )
    in_run = _in_run(situation, ("pip", "pip3"), pin, name, version)
    if in_run is not None:
        return in_run
    files = _named(situation, r"(?:.*/)?(?:requirements|constraints)[^/]{0,60}\.txt")
    for path, content in files.items():
        hashed = b"--hash" in content
        for start, text in _lines(content):
            match = pin.match(text)
            if match and _folded(match["name"]) == name:
                if hashed:
                    return Way(
                        commands=(
                            f"pip-compile --generate-hashes --upgrade-package {package.name}=={version} {path}",
                        )
                    )
                at = start + len(text[: match.start("version")].encode())
                old = match["version"].encode()
                return Way(edits=(Edit(path, at, at + len(old), version.encode()),))
    plain = [
        path
        for path, content in files.items()
        if b"--hash" not in content and "requirements" in path
    ]
    if plain:
        return _added(plain[0], files[plain[0]], f"{package.name}>={version}")
    return Way(commands=(f"pip install --no-cache-dir --upgrade '{package.name}>={version}'",))


def _added(path: str, content: bytes, line: str) -> Way:
    """Return the edit that names at the end of a file what another package only brings along."""
    end = b"\r\n" if b"\r\n" in content else b"\n"
    gap = b"" if not content or content.endswith(b"\n") else end
    edit = Edit(path, len(content), len(content), gap + line.encode() + end)
    note = "It is named because what needs it takes an older one; leave it out once that is mended."
    return Way(edits=(edit,), notes=(note,))


def _node(package: Package, version: str, situation: Situation) -> Way:
    pin = re.compile(r"(?P<name>@?[A-Za-z0-9._/-]{1,200})@(?P<version>\d[^\s\"']{0,100})")
    in_run = _in_run(situation, ("npm", "yarn", "pnpm"), pin, package.name.lower(), version)
    if in_run is not None:
        return in_run
    locks = {"package-lock.json": "npm install", "npm-shrinkwrap.json": "npm install"}
    locks |= {"yarn.lock": "yarn up", "pnpm-lock.yaml": "pnpm update", "bun.lock": "bun add"}
    for path, content in _named(situation, r"(?:.*/)?package\.json").items():
        folder = path.removesuffix("package.json")
        said = re.search(
            rb'"'
            + re.escape(package.name.encode())
            + rb'"[ \t]{0,20}:[ \t]{0,20}"([~^]?)(\d[^"\s]{0,60})"',
            content,
        )
        lock = next((name for name in locks if folder + name in situation.files), "")
        if said and not lock:
            return Way(edits=(Edit(path, said.start(2), said.end(2), version.encode()),))
        place = f"cd {folder} && " if folder else ""
        named = re.search(rb'"' + re.escape(package.name.encode()) + rb'"[ \t]{0,20}:', content)
        if lock and locks[lock] == "npm install" and not named:
            # Installed by its name it would lie beside the old one, which stays where it is needed.
            setting = f"npm pkg set 'overrides[{package.name}]={version}'"
            return Way(commands=(f"{place}{setting} && npm install",), notes=(_BROUGHT,))
        if said or lock:
            return Way(
                commands=(f"{place}{locks.get(lock, 'npm install')} {package.name}@{version}",)
            )
    return Way(commands=(f"npm install {package.name}@{version}",))


def _go(package: Package, version: str, situation: Situation) -> Way:
    if package.name in ("stdlib", "go", "toolchain"):
        return Way(commands=(f"build with Go {version} or later",))
    wanted = version if version.startswith("v") else f"v{version}"
    for path, content in _named(situation, r"(?:.*/)?go\.mod").items():
        folder = path.removesuffix("go.mod")
        said = re.search(
            rb"(?m)^[ \t]*(?:require[ \t]+)?"
            + re.escape(package.name.encode())
            + rb"[ \t]+(v[^\s]{1,100})",
            content,
        )
        if said and folder + "go.sum" not in situation.files:
            return Way(edits=(Edit(path, said.start(1), said.end(1), wanted.encode()),))
    return Way(commands=(f"go get {package.name}@{wanted} && go mod tidy",))


def _ruby(package: Package, version: str, situation: Situation) -> Way:
    name = re.escape(package.name.encode())
    for path, content in _named(situation, r"(?:.*/)?Gemfile").items():
        said = re.search(
            rb"(?m)^[ \t]*gem[ \t(]+[\"']"
            + name
            + rb"[\"'][ \t]*,[ \t]*[\"'](?:[=~><]{0,2}[ \t]*)(\d[^\"'\s]{0,60})[\"']",
            content,
        )
        if said and path + ".lock" not in situation.files:
            return Way(edits=(Edit(path, said.start(1), said.end(1), version.encode()),))
    return Way(commands=(f"bundle update {package.name} --conservative",))


def _maven(package: Package, version: str, situation: Situation) -> Way:
    group, _, artifact = package.name.partition(":")
    for path, content in _named(situation, r"(?:.*/)?pom\.xml").items():
        said = re.search(
            rb"<groupId>\s{0,50}" + re.escape(group.encode()) + rb"\s{0,50}</groupId>\s{0,200}<artifactId>\s{0,50}"
            + re.escape(artifact.encode()) + rb"\s{0,50}</artifactId>\s{0,200}<version>\s{0,50}([^<\s]{1,100})", content,
        )  # fmt: skip
        if said is None:
            continue
        inside = re.fullmatch(rb"\$\{([\w.-]{1,100})\}", said[1])
        if inside is None:
            return Way(edits=(Edit(path, said.start(1), said.end(1), version.encode()),))
        tag = re.escape(inside[1])
        value = re.search(
            rb"<" + tag + rb">\s{0,50}([^<\s]{1,100})\s{0,50}</" + tag + rb">", content
        )
        if value and content.count(said[1]) == 1:
            return Way(edits=(Edit(path, value.start(1), value.end(1), version.encode()),))
    return Way(commands=(f"set the version of {package.name} to {version}",))


def _command(text: str) -> Callable[[Package, str, Situation], Way]:
    def way(package: Package, version: str, situation: Situation) -> Way:
        return Way(commands=(text.format(name=package.name, version=version),))

    return way


def _in_run(
    situation: Situation, programs: tuple[str, ...], pin: re.Pattern[str], name: str, version: str
) -> Way | None:
    """Return the edit of an exact pin in a RUN that calls one of the programs."""
    file = situation.dockerfile
    if file is None:
        return None
    runs = (one for stage in situation.chain for one in stage.instructions if one.keyword == "RUN")
    for run in runs:
        # One character for each byte, so that places are those of the file.
        text = run.span.of(file.content).decode("latin-1")
        if not any(program in text for program in programs):
            continue
        for match in pin.finditer(text):
            start, end = (run.span.start + at for at in match.span("version"))
            aside = any(one.span.start <= start < one.span.end for one in run.comments)
            if _folded(match["name"]) == _folded(name) and not aside:
                return Way(
                    edits=(Edit(situation.name, start, end, version.encode()),), line=run.line
                )
    return None


def _named(situation: Situation, pattern: str) -> Mapping[str, bytes]:
    wanted = re.compile(pattern)
    return {
        path: content for path, content in sorted(situation.files.items()) if wanted.fullmatch(path)
    }


def _lines(content: bytes) -> Iterator[tuple[int, str]]:
    """Yield the lines with the byte at which each begins, without indentation of a comment."""
    at = 0
    for line in content.split(b"\n"):
        try:
            yield at, line.decode()
        except UnicodeDecodeError:
            pass  # a name cannot stand there
        at += len(line) + 1


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


_WAYS: Mapping[PackageType, Callable[[Package, str, Situation], Way]] = {
    PackageType.PYPI: _python,
    PackageType.NPM: _node,
    PackageType.GOLANG: _go,
    PackageType.GEM: _ruby,
    PackageType.MAVEN: _maven,
    PackageType.CARGO: _command("cargo update -p {name} --precise {version}"),
    PackageType.COMPOSER: _command("composer require {name}:^{version} --update-with-dependencies"),
    PackageType.NUGET: _command("dotnet add package {name} --version {version}"),
}
