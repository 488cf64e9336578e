"""What a small file makes us hold stays under 512 MB over all our processes, and is said."""

import subprocess
import sys

import pytest

from pratique.pipelines.extract_packages import TOO_LARGE
from tests.attacks.watch import MOST_SECONDS, check_manners, scan
from tests.makers.image import ImageMaker, archive
from tests.makers.os_packages import dpkg_stanza, os_release

pytestmark = pytest.mark.timeout(2 * MOST_SECONDS)

MIB = 1 << 20
DEBIAN = {"etc/os-release": os_release(id="debian", version_id="12")}


def large_status(name: str, size: int) -> bytes:
    """Return a database of one package and one field of this size, unlike any other name's."""
    filler = f"{name} " * (size // (len(name) + 1))
    return dpkg_stanza(name) + dpkg_stanza(f"{name}-more", x_filler=filler)


def test_layers_of_the_largest_databases(tmp_path):
    """Several workers send as much as they may at once, and every layer writes the database anew."""
    maker = ImageMaker()
    layers = [
        {
            **DEBIAN,
            "var/lib/dpkg/status": large_status(f"a{n}", 60 * MIB),
            "var/lib/dpkg/status.d/b": large_status(f"b{n}", 60 * MIB),
        }
        for n in range(4)
    ]
    path = archive(tmp_path / "x.tar", maker.files(maker.image(*layers, way="zstd")))
    scanned = scan(path, tmp_path)

    assert scanned.exit_code == 0, scanned.err
    check_manners(scanned, tmp_path)
    assert '"a3-more"' in scanned.out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty-components", b'"components":[' + b"{}," * (20 * MIB) + b"{}]", "json_values"),
        ("needs", b'"dependencies":[{"dependsOn":[' + b'"a",' * (15 * MIB) + b'""]}]', "json_values"),
        ("quotes", b'"x":"' + b'""' * (31 * MIB) + b'","y":' + b"[" * 99, "memory_bytes"),
    ],
    ids=["empty-components", "needs", "quotes"],
)  # fmt: skip
def test_sboms_of_many_small_values(tmp_path, name, content, said):
    """Refused before they are built: each value of two bytes would become one of fifty."""
    path = tmp_path / f"{name}.json"
    path.write_bytes(b'{"bomFormat":"CycloneDX","specVersion":"1.6",' + content + b"}")
    scanned = scan(path, tmp_path)

    assert scanned.exit_code == 2
    check_manners(scanned, tmp_path)
    assert said in scanned.err


@pytest.mark.parametrize("kind", ["image", "dir"])
def test_an_image_past_the_last_wall_is_unknown(tmp_path, kind):
    """Not an error, and not clean: identified, and undecided."""
    files = {**DEBIAN, "var/lib/dpkg/status": large_status("a", 60 * MIB)}
    if kind == "image":
        maker = ImageMaker()
        target = str(archive(tmp_path / "x.tar", maker.files(maker.image(files))))
    else:
        (tmp_path / "root/var/lib/dpkg").mkdir(parents=True)
        (tmp_path / "root/etc").mkdir()
        for name, content in files.items():
            (tmp_path / "root" / name).write_bytes(content)
        target = f"dir:{tmp_path / 'root'}"
    assert read_in_40_mb(target) == f"blocking: {TOO_LARGE}"


def test_a_target_that_cannot_be_opened_within_the_bound_is_refused(tmp_path):
    """Its kind is not known, so there is nothing to report on."""
    path = tmp_path / "x.json"
    path.write_bytes(b"{" + b" " * (60 * MIB))
    assert "memory_bytes" in read_in_40_mb(str(path))


def read_in_40_mb(target: str) -> str:
    """Return what a fresh process says: this one may hold free memory that is not growth."""
    code = f"""if True:
        from msgspec.structs import replace
        from pratique.kit.limits import DEFAULT
        from pratique.model.errors import LimitExceeded
        from pratique.pipelines.read_target import ReadSettings, read_target
        from pratique.sources.interface import Options

        limits = replace(DEFAULT, memory_bytes={40 * MIB})
        try:
            reading = read_target({target!r}, ReadSettings(source=Options(), limits=limits))
        except LimitExceeded as error:
            print("refused:", error)
        else:
            print(*(f"{{u.weight}}: {{u.reason}}" for u in reading.subjects[0].unknowns))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()
