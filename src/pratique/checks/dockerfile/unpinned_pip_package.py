"""Report that pip installs whatever version is newest."""

import re
from collections.abc import Iterator

from pratique.checks.dockerfile._installed import few, known, packages
from pratique.checks.dockerfile.interface import Fault, Scene
from pratique.formats.dockerfile.shell import Command
from pratique.formats.dockerfile.tree import Word
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

NAME = "unpinned-pip-package"
TITLE = "pip installs whatever version is newest"
SEVERITY = Severity.LOW
CONFIDENCE = Confidence.HIGH
ALIASES = ("DL3013",)
RULES = {
    NAME: (
        "Without a version pip takes what the index has that day: the same Dockerfile gives "
        "another image tomorrow, and a package that was taken over reaches you at once. "
        "Install from a requirements file with versions, best with --require-hashes, or write "
        "name==version."
    )
}
BAD = (
    "FROM debian:12\nRUN pip install flask\n",
    "FROM debian:12\nRUN python3 -m pip install --upgrade pip a==1\n",
    "FROM debian:12\nRUN pip3 install git+https://git.example/a/b\n",
)
GOOD = (
    "FROM debian:12\nRUN pip install -r requirements.txt\n",
    'FROM debian:12\nRUN pip install "flask==2.0" b~=1.0\n',
    "FROM debian:12\nRUN pip install .\n",
    "FROM debian:12\nRUN pip install ./x /y/z.whl\n",
    "FROM debian:12\nRUN pip install -i https://i.example -t /x a==1\n",
    "FROM debian:12\nRUN pip install -c c.txt flask\n",
    "FROM debian:12\nRUN pip install git+https://git.example/a/b@v1\n",
    "FROM debian:12\nRUN pip list\n",
)
FIXED: tuple[tuple[str, str], ...] = ()


VALUED = frozenset({
    "--abi", "-b", "--build", "-e", "--editable", "--extra-index" "-url", "-f", "--find" "-links", "-i",
    "--index" "-url", "--implementation", "--no-binary", "--only-binary", "--platform", "--prefix",
    "--progress-bar", "--proxy", "--python", "--python-version", "--root", "--root-user-action",
    "--src", "-t", "--target", "--trusted-host", "--upgrade-strategy", "--cache-dir", "--timeout",
    "--retries", "--log", "--cert", "--config-settings", "--report",
})  # fmt: skip
_PIP = re.compile(r"pip(?:\d(?:\.\d+)?)?")
_PYTHON = re.compile(r"python(?:\d(?:\.\d+)?)?|pypy3?")
_VERSIONED = re.compile(r"[<>=!~]=|[<>]|===")
_VCS = re.compile(r"(?:git|hg|svn|bzr)(?:\+\w|:)")
_FILES = (".whl", ".tar.gz", ".zip")


def look(scene: Scene) -> Iterator[Fault]:
    """Yield each install of a package that has no version, one fault for all of its packages."""
    for run, one in scene.commands():
        words = installed_by_pip(one)
        loose = [name for name in known(run, words) if not _is_pinned(name)]
        if loose:
            yield scene.at_span(one.span, f"no version of {few(loose)}")


def installed_by_pip(one: Command) -> tuple[Word, ...]:
    """Return what a command names for pip to install; nothing where files say which versions."""
    verb = next((word for word in one.words[1:] if word.value == "install"), None)
    if verb is None or not _is_pip(one):
        return ()
    files = ("-r", "--requirement", "-c", "--constraint")
    if any(one.value(name) is not None for name in files) or _short_file(one):
        return ()
    return packages(one, verb, VALUED)


def _short_file(one: Command) -> bool:
    return any(
        each.startswith(("-r", "-c")) and each[2:] for each in one.arguments if "=" not in each
    )


def _is_pip(one: Command) -> bool:
    if _PIP.fullmatch(one.program):
        return True
    if one.program == "uv":
        return one.arguments[:1] == ("pip",)
    return bool(_PYTHON.fullmatch(one.program)) and one.arguments[:2] == ("-m", "pip")


def _is_pinned(name: str) -> bool:
    if _VCS.match(name):
        return "@" in name.partition("://")[2].rpartition("/")[2]
    local = name == "." or "/" in name or name.startswith(".[") or name.endswith(_FILES)
    return local or bool(_VERSIONED.search(name))
