"""Reading a target lists its packages, and loads nothing that judging needs."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from pratique.model.errors import TargetError
from pratique.model.spot import Scanner
from pratique.pipelines.load_contents import ContentSettings
from pratique.pipelines.read_target import ReadSettings, read_target
from pratique.sources.interface import Options
from tests.makers import scanned
from tests.makers.os_packages import dpkg_stanza


def test_all_platforms_are_subjects(tmp_path: Path) -> None:
    """One subject per platform, each with its own digest and the platform's packages."""
    place = scanned.two_platforms(tmp_path / "both")
    settings = ReadSettings(source=Options(all_platforms=True), workers=0)
    reading = read_target(f"oci:{place}:app", settings)

    assert len({subject.digest for subject in reading.subjects}) == 2
    assert [len(subject.packages) for subject in reading.subjects] == [2, 2]


def test_a_distrusted_image_owns_nothing(tmp_path: Path) -> None:
    """What dpkg's files say, which the author of the image writes, joins no library."""
    metadata = b"Metadata-Version: 2.1\nName: Django\nVersion: 3.2.19\n"
    path = "usr/lib/python3/dist-packages/Django-3.2.19.dist-info/METADATA"
    md5 = hashlib.md5(metadata, usedforsecurity=False).hexdigest()
    files: dict[str, bytes | str] = {
        "etc/os-release": scanned.OS_RELEASE,
        "var/lib/dpkg/status": dpkg_stanza("python3-django", "3:3.2.19-99"),
        "var/lib/dpkg/info/python3-django.list": f"/{path}\n".encode(),
        "var/lib/dpkg/info/python3-django.md5sums": f"{md5}  {path}\n".encode(),
        path: metadata,
    }
    place = scanned.debian(tmp_path / "image", files)

    def owners(*, distrust: bool) -> list[str]:
        settings = ReadSettings(source=Options(), workers=0, distrust=distrust)
        (subject,) = read_target(f"oci:{place}:app", settings).subjects
        return [one.owner for one in subject.packages if one.name == "Django"]

    assert owners(distrust=True) == [""]
    assert owners(distrust=False) != [""]


def test_a_target_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """Nothing was identified, so there is no reading."""
    with pytest.raises(TargetError):
        read_target(f"dir:{tmp_path}/absent", ReadSettings(source=Options()))


def test_an_sbom_loads_no_matcher_and_no_database(tmp_path: Path) -> None:
    """What judging needs costs a third of the start; listing packages must not pay for it."""
    place = scanned.debian(tmp_path / "image")
    code = (
        "import sys; from pratique.cli.main import run\n"
        f"assert run(['sbom', 'oci:{place}:app', '-q', '--no-cache', '-o', 'json=/dev/null']) == 0\n"
        "heavy = ('pratique.matchers', 'pratique.advisories', 'sqlite3', 'httpx', 'ssl', 'rich')\n"
        "print([m for m in sys.modules if m.startswith(heavy)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(("folders_heed", "found"), [(True, 0), (False, 1)])
def test_comments_in_a_folder_let_secrets_stand_for_a_scan_only(
    tmp_path: Path, folders_heed: bool, found: int
) -> None:
    """Whoever scans a folder wrote it; whoever asks to pass a gate may have written the comment."""
    value = hashlib.sha256(b"seed").hexdigest()[:24] + "Zq"
    (tmp_path / "a.env").write_text(f"DB_PASSWORD={value} # pratique:allow\n")
    contents = ContentSettings(scanners=frozenset({Scanner.SECRET}), folders_heed=folders_heed)
    settings = ReadSettings(source=Options(), workers=0, contents=contents)
    (subject,) = read_target(f"dir:{tmp_path}", settings).subjects
    assert len(subject.findings) == found
