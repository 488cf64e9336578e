"""Fixes are built before and after with a real buildah; what changes more than it says is withdrawn."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pratique.pipelines.building import Recipe
from pratique.pipelines.run_buildah import Buildah
from tests.cli.scanning import Run, runner
from tests.conftest import missing
from tests.makers.buildable import APT_GET, build_base

pytestmark = pytest.mark.e2e

BAD = """FROM debian:12
MAINTAINER me
RUN apt-get update && apt-get install curl
EXPOSE 80/TCP
CMD serve --all
"""


@pytest.fixture
def pratique(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Return what runs a command line."""
    return runner(tmp_path, monkeypatch, capsys)


@pytest.fixture
def base(
    tmp_path: Path, need: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Give the target of an image to build on; the Dockerfile's folder is the current one."""
    need("buildah"), need("unshare")
    if os.geteuid():
        missing("root", "builds without root need subordinate ids")
    (tmp_path / "store").mkdir()
    (tmp_path / "storage.conf").write_text(
        f'[storage]\ndriver = "vfs"\ngraphroot = "{tmp_path}/store/root"\nrunroot = "{tmp_path}/store/run"\n'
    )
    monkeypatch.setenv("CONTAINERS_STORAGE_CONF", str(tmp_path / "storage.conf"))
    folder = tmp_path / "context"
    folder.mkdir()
    (folder / "Dockerfile").write_text(BAD)
    monkeypatch.chdir(folder)
    yield build_base(tmp_path / "base.tar", need("busybox"))
    assert not list(Path("/tmp").glob("pratique-build-*/*.Dockerfile"))


def fixed(pratique: Run, base: str, *options: str) -> tuple[str, str]:
    """Return the Dockerfile after the fixes, and what was said."""
    given = ("--verify-build", "--build-base", f"debian:12={base}", *options)
    code, _, err = pratique("lint", "Dockerfile", *given)
    assert code == 0, err
    return Path("Dockerfile").read_text(), err


def test_fixes_that_change_what_they_say(pratique: Run, base: str):
    """They stay, and what was compared and what differs is told, the substituted base too."""
    text, err = fixed(pratique, base, "--fix=verified")

    assert "apt-get install --no-install-recommends -y curl \\\n" in text or (
        "--no-install-recommends -y curl && rm -rf /var/lib/apt/lists/*" in text
    )
    assert 'CMD ["serve", "--all"]' in text
    assert f"debian:12 is {base}" in err
    assert "without a network" in err
    assert "curl-recommended" in err
    assert "var/lib/apt/lists" in err
    assert "Cmd" in err
    assert "withdrawn" not in err


def test_a_fix_that_changes_more_is_withdrawn(pratique: Run, tmp_path: Path, base: str):
    """The others stay; here -y makes the installer write what it did not write before."""
    worse = APT_GET + b"if [ ! $asks ]; then echo new > /usr/share/surprise; fi\n"
    other = build_base(
        tmp_path / "worse.tar", str(shutil.which("busybox")), {"usr/bin/apt-get": worse}
    )

    text, err = fixed(pratique, other, "--fix")

    assert "apt-get install curl && rm -rf /var/lib/apt/lists/*" in text
    assert "the fix of apt-get-asks was withdrawn" in err
    assert "1 path added (usr/share/surprise)" in err
    assert "the fix of apt-lists-left" not in err


def test_what_differs_by_nature_is_nobodys_doing(pratique: Run, tmp_path: Path, base: str):
    """A file that is another in each build speaks against no fix."""
    restless = APT_GET + b"cat /proc/sys/kernel/random/uuid > /usr/share/id\n"
    other = build_base(
        tmp_path / "restless.tar", str(shutil.which("busybox")), {"usr/bin/apt-get": restless}
    )

    text, err = fixed(pratique, other, "--fix")

    assert "apt-get install -y curl && rm -rf" in text
    assert "withdrawn" not in err


def test_a_file_that_does_not_build(pratique: Run, base: str):
    """There is no proof, so there is no fix, and the reason is that of the build."""
    Path("Dockerfile").write_text(BAD + "RUN false-program | cat && exit 3\n")
    text, err = fixed(pratique, base, "--fix")

    assert text.startswith(BAD)
    assert "does not build, before the fixes or after" in err


def test_nothing_is_written_outside(pratique: Run, tmp_path: Path, base: str):
    """The user's own store of images is as it was."""
    fixed(pratique, base, "--fix")

    images = tmp_path / "store/root/vfs-images/images.json"
    assert not images.exists() or images.read_text() in ("[]", "")


def command_lines() -> Iterator[bytes]:
    """Yield the command lines of all processes that are still there."""
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            yield place.read_bytes()


def test_a_build_that_never_ends_leaves_nothing(base: str):
    """Neither processes nor mounts nor files."""
    with Buildah(seconds=3) as builder:
        name = builder.base(base)
        folder = builder.folder
        text = f"FROM {name}\nRUN echo pratique-endless; while :; do :; done\n"
        assert builder.build(Recipe(content=text.encode())).problem == "it took more than 3 s"

    assert not any(b"pratique-endless" in one for one in command_lines())
    assert not folder.exists()
    assert str(folder) not in Path("/proc/self/mounts").read_text()
