"""
Have shellcheck read the scripts of a Dockerfile's RUNs, where it is installed, and say it at their places.

Laws: shellcheck is a process of its own, which gets the scripts and nothing else: no settings of a
user, no home, and it follows no file. Bounds: ``SECONDS`` for one Dockerfile, ``MOST`` scripts of at
most ``MAX_CHARS`` characters, ``MAX_BYTES`` of answer. Equal scripts are asked once per run of the
program. Where it fails there is an Unknown; where it is not installed, nothing is said.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path

from pratique.checks.dockerfile.interface import Scene
from pratique.checks.interface import Described
from pratique.formats.dockerfile.scripts import Script, scripts_of
from pratique.formats.shellcheck_report import Comment, comments_of
from pratique.model.errors import FormatError
from pratique.model.fault import Fault
from pratique.model.finding import Confidence
from pratique.model.severity import Severity

SECONDS = 20
MOST = 200
MAX_CHARS = 1 << 20
MAX_BYTES = 8 << 20
_LEVELS = {"error": Severity.MEDIUM, "warning": Severity.LOW}
_PEDANTIC = {**_LEVELS, "info": Severity.NEGLIGIBLE, "style": Severity.NEGLIGIBLE}
_OUT_OF_PLACE = "1090,1091,2148,2187"
"""Files that are not there to be followed, and the shell, which is known."""


class Shellcheck:
    """One rule of shellcheck, as findings describe it."""

    NAME = "shellcheck"
    TITLE = "shellcheck finds fault with the shell of a RUN"
    CONFIDENCE = Confidence.HIGH

    def __init__(self, code: int, severity: Severity) -> None:
        self.ALIASES: tuple[str, ...] = (f"SC{code}",)
        self.SEVERITY = severity


def look_at_shell(
    scene: Scene, shellcheck: str, *, pedantic: bool
) -> Iterator[tuple[Described, Fault]]:
    """
    Yield what shellcheck says of the RUNs of a Dockerfile.

    Args:
        scene: the Dockerfile.
        shellcheck: the program.
        pedantic: tell remarks on style as well.

    Raises:
        FormatError: it failed, took too long, or answered something else.
    """
    levels = _PEDANTIC if pedantic else _LEVELS
    scripts = tuple(islice(scripts_of(scene.file, scene.runs), MOST))
    texts = tuple(one.text[:MAX_CHARS] for one in scripts)
    for one in _asked(shellcheck, texts) if texts else ():
        number = Path(one.file).stem
        if one.level in levels and number.isdigit() and int(number) < len(scripts):
            fault = _fault(scene, scripts[int(number)], one)
            if fault is not None:
                yield Shellcheck(one.code, levels[one.level]), fault


def _fault(scene: Scene, script: Script, one: Comment) -> Fault | None:
    span = script.span((one.line, one.column), (one.end_line, one.end_column))
    if span is None:
        return None
    return scene.at_span(span, f"{one.message[:500]} (SC{one.code})", key=f"SC{one.code}")


def _asked(shellcheck: str, texts: Sequence[str]) -> tuple[Comment, ...]:
    try:
        return _answered(shellcheck, texts)
    except OSError as error:
        raise FormatError(f"shellcheck cannot be asked: {error.strerror or error}") from None


@lru_cache(maxsize=256)
def _answered(shellcheck: str, texts: Sequence[str]) -> tuple[Comment, ...]:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        tempfile.TemporaryFile() as output,
    ):
        names = []
        for number, text in enumerate(texts):
            name = f"{number}.sh"
            Path(folder, name).write_bytes(text.encode("utf-8", "surrogateescape"))
            names.append(name)
        command = [shellcheck, "--norc", "--format=json1", f"--exclude={_OUT_OF_PLACE}", *names]
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.environ.get("PATH", ""), "HOME": folder, "LANG": "C.UTF-8"},
                cwd=folder,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise FormatError(f"shellcheck took more than {SECONDS} s") from None
        if done.returncode not in (0, 1):
            raise FormatError(f"shellcheck failed with code {done.returncode}")
        output.seek(0)
        return comments_of(output.read(MAX_BYTES))
