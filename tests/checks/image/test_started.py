"""What a container starts is read from entrypoint and command."""

import pytest

from pratique.checks.image._started import only_a_shell, shell_script, started, started_files
from pratique.checks.image.interface import sample
from tests.makers.checked import scene_of_sample


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("/bin/sh", "-c", "exec a"), "exec a"),
        (("bash", "-o", "pipefail", "-lc", "exec a", "x"), "exec a"),
        (("sh", "run.sh"), ""),
        (("python", "-c", "print()"), ""),
        ((), ""),
    ],
)
def test_shell_script(words: tuple[str, ...], wanted: str) -> None:
    """Only what a shell is given by -c."""
    assert shell_script(words) == wanted


def test_started() -> None:
    """Entrypoint before command; a script's commands one by one."""
    plain = scene_of_sample(sample(entrypoint=("tini", "--"), cmd=("app",)))
    script = scene_of_sample(sample(entrypoint=("sh", "-c", "a; b")))

    assert [one.words for one in started(plain)] == [("tini", "--", "app")]
    assert [one.program for one in started(script)] == ["a", "b"]


@pytest.mark.parametrize(
    ("cmd", "wanted"), [((), True), (("bash",), True), (("/bin/sh", "-l"), True), (("app",), False)]
)
def test_only_a_shell(cmd: tuple[str, ...], wanted: bool) -> None:
    """Base images start nothing or a bare shell."""
    assert only_a_shell(scene_of_sample(sample(entrypoint=(), cmd=cmd))) is wanted


def test_started_files() -> None:
    """By an absolute path, by the working directory, by the search path."""
    scene = scene_of_sample(
        sample(entrypoint=("/a", "./b", "c"), cmd=(), working_dir="/w", env=("PATH=/x:/y",))
    )

    assert list(started_files(scene)) == ["a", "w/./b", "x/c", "y/c"]
