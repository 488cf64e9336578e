"""A value that a command writes into a file is followed; what only uses it, or is deleted, is not."""

import pytest

from pratique.checks.dockerfile._kept import kept
from pratique.checks.dockerfile.interface import scene_of


def paths(script: str, files: dict[str, str] | None = None) -> list[str]:
    """Return the files that hold the value of $T once a RUN is over."""
    (run,) = scene_of(f"FROM a\nRUN {script}\n").runs
    return [one.path for one in kept(run.commands, {"T": "T"}, "/w", files)]


@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        ("echo $T > a", ["/w/a"]),
        ('printf "%s" "${T:-x}" >> ~/.netrc', ["/root/.netrc"]),
        ("echo $T | base64 -d > /k", ["/k"]),
        ("echo x-$T | tee -a /a /b", ["/a", "/b"]),
        ("sed -i s/@/$T/ conf.ini", ["/w/conf.ini"]),
        ("git clone https://x:$T@h/a/b.git", ["/w/b/.git/config"]),
        ("git clone https://x:$T@h/a/b.git /src", ["/src/.git/config"]),
        ("git config --global url.x$T.insteadOf y", ["/root/.gitconfig"]),
        ("U=x$T; V=$U && echo $V > a", ["/w/a"]),
        ("echo $T | docker login && echo y > z", ["/root/.docker/config.json"]),
        ("export H=$T && npm config set a $H", ["/root/.npmrc"]),
    ],
)
def test_written(script: str, wanted: list[str]) -> None:
    """Output, arguments of programs that keep settings, and variables of the shell."""
    assert paths(script) == wanted


@pytest.mark.parametrize(
    "script",
    [
        "curl -H $T https://x > a",
        "echo '$T' > a",
        "echo $TT > a; echo done > b",
        "echo $T > /dev/null",
        "echo $T > a && cat a && rm -f a",
        "echo $T > /x/a && rm -rf /x",
        "git config --global a $T && git config --global --unset a",
        "make TOKEN=$T",
    ],
)
def test_silent(script: str) -> None:
    """Used, quoted, thrown away, deleted again, or given to a program that keeps nothing."""
    assert paths(script) == []


def test_mounted_files() -> None:
    """A file that holds a secret is followed like a variable; it does not itself remain."""
    files = {"/run/secrets/t": "the secret t"}

    assert paths("cp /run/secrets/t /etc/t", files) == ["/etc/t"]
    assert paths("X=$(cat /run/secrets/t) && echo $X > a", files) == ["/w/a"]
    assert paths("use --file /run/secrets/t > log", files) == []
