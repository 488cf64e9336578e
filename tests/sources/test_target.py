"""A target is what its prefix says, else what its path holds, else an image reference."""

import subprocess
import sys
from pathlib import Path

import pytest

from pratique.kit.registry import load
from pratique.model.errors import UsageError
from pratique.sources.interface import InvalidImage, Options, TargetNotFound, TargetUnreachable
from pratique.sources.target import PREFIXES, open_target
from tests.makers.image import ImageMaker, archive, named, write


@pytest.fixture
def image():
    maker = ImageMaker()
    return maker, maker.image({"etc/os-release": b"ID=x"})


def test_prefixes_are_those_of_the_modules():
    """The map of prefixes is the folder's listing."""
    units = load("sources")

    found = {unit.PREFIX: unit.__name__.rpartition(".")[2] for unit in units.values()}
    assert found == PREFIXES | {"-": "standard_input"}


def test_paths_by_content(image, tmp_path):
    """Archives, layouts and root file systems are recognised without a prefix."""
    maker, made = image
    plain = archive(tmp_path / "a", maker.files(named(made, "app:1")))
    docker = archive(tmp_path / "b:1", maker.docker_files((made, ["app:1"])))
    layout = write(tmp_path / "c", maker.files(named(made, "app:1")))
    root = write(tmp_path / "d", {"etc/os-release": b"ID=x"})

    for text in (plain, f"{plain}:app:1", docker, f"{docker}:app:1", layout, f"{layout}:app:1"):
        opened = open_target(str(text), Options())
        assert opened.images[0].name == "app:1"
        opened.close()
    assert open_target(str(root), Options()).folder.path == root


def test_an_existing_path_wins(image, tmp_path, monkeypatch):
    """A file called like an image is the file; ./ makes a path of anything."""
    maker, made = image
    archive(tmp_path / "alpine", maker.files(made))
    monkeypatch.chdir(tmp_path)

    for text in ("alpine", "./alpine"):
        opened = open_target(text, Options())
        assert opened.images[0].digest == made["digest"]
        opened.close()
    with pytest.raises(TargetNotFound, match="no such file or directory"):
        open_target("./debian", Options())


def test_a_folder_does_not_shadow_a_tag(tmp_path, monkeypatch):
    """`alpine:3.20` beside a folder `alpine` is an image of a registry."""
    (tmp_path / "127.0.0.1:9" / "alpine").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)

    with pytest.raises(TargetUnreachable):
        open_target("127.0.0.1:9/alpine:3.20", Options(retries=0))


@pytest.mark.parametrize("text", ["none.tar", "none.tar.gz", "a/b.json", "/none", "../none", "~/x"])
def test_names_of_files_are_not_looked_up(text):
    """What can only be a file is never asked of a registry."""
    with pytest.raises(TargetNotFound, match="no such file"):
        open_target(text, Options())


def test_another_folder(tmp_path):
    """A folder that is nothing known says how to force it."""
    with pytest.raises(InvalidImage) as caught:
        open_target(str(tmp_path), Options())
    assert f"dir:{tmp_path}" in caught.value.hint()


@pytest.mark.parametrize("text", ["", "a\nb", "a\0", "\x1b[0m", "x" * 9000])
def test_unprintable_targets(text):
    """Control characters and endless names are refused before they are printed."""
    with pytest.raises(UsageError):
        open_target(text, Options())


@pytest.mark.parametrize("text", ["docker://127.0.0.1:9/x", "registry:127.0.0.1:9/x"])
def test_other_ways_to_say_registry(text):
    """Skopeo's prefix and our own lead to the registry."""
    with pytest.raises(TargetUnreachable):
        open_target(text, Options(retries=0))


def test_a_local_target_loads_nothing_heavy(image, tmp_path):
    """Opening an archive imports no HTTP client, compressor or database."""
    maker, made = image
    path = archive(tmp_path / "x.tar", maker.files(made))
    code = (
        "import sys\n"
        "from pratique.sources.interface import Options\n"
        "from pratique.sources.target import open_target\n"
        f"open_target({str(path)!r}, Options()).close()\n"
        "print(*sorted({'httpx', 'ssl', 'lzma', 'zstandard', 'sqlite3', 'rich'} & set(sys.modules)))"
    )
    source = Path(__file__).parents[2] / "src"

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(source)},
        capture_output=True,
        check=True,
    )

    assert done.stdout.decode().strip() == ""
