"""
Scan what attacks content scanners (secrets, malware, licences, archives) with all of them at work.

``contents.tsv`` says what each case must end in. Compiled rules are made once and lent to each scan,
as they are between two scans of a user. No value of a secret is found anywhere a scan writes to.
"""

import json
import shutil
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.cases import expectations
from tests.attacks.contents import ALL, rows, with_rules
from tests.attacks.watch import MOST_SECONDS, Ended, check_manners, scan
from tests.makers import layer
from tests.makers.attacks_contents import ATTACKS, LONG, TWINS, each_kind, setting, value
from tests.makers.benign import NORMAL, files_of
from tests.makers.image import archive

pytestmark = pytest.mark.timeout(2 * MOST_SECONDS)

FORMATS = (
    "table", "json", "cyclonedx", "spdx", "sarif", "html", "markdown", "junit", "gitlab", "github",
    "openvex", "trivy-json",
)  # fmt: skip
SHARED = {expected.name: expected for expected in expectations()}


ROWS = rows()


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of compiled rules, made by a scan of nothing much."""
    return with_rules(tmp_path_factory.mktemp("rules"))


@pytest.fixture
def place(compiled: Path, tmp_path: Path) -> Path:
    """Return a folder to scan in, with the compiled rules."""
    shutil.copytree(compiled, tmp_path / "cache" / "rules")
    return tmp_path


def subject_of(scanned: Ended) -> dict[str, Any]:
    (subject,) = json.loads(scanned.out)["subjects"]
    return dict(subject)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_attack(place, row):
    """Each ends as foretold: in time, small, said aloud, and with its packages listed."""
    scanned = scan(archive(place / "x.tar", ATTACKS[row.name]()), place, *ALL)
    check_manners(scanned, place, most_cpu_s=LONG.get(row.name, 10))
    assert scanned.exit_code == row.exit_code, scanned.err
    subject = subject_of(scanned)
    said = "\n".join(unknown["reason"] for unknown in subject["unknowns"])
    assert [word for word in row.words if word not in said] == []
    assert row.rules <= {finding["rule"] for finding in subject["findings"]}
    assert {"musl", "busybox"} <= {package["name"] for package in subject["packages"]}


def test_every_attack_has_its_line_and_its_twin():
    assert sorted(row.name for row in ROWS) == sorted(ATTACKS)
    assert {row.twin for row in ROWS} == set(TWINS)


@pytest.mark.parametrize("name", TWINS)
def test_benign_twin(place, name):
    """Nothing is found in an honest image of the shape, and all of it was looked into."""
    scanned = scan(archive(place / "x.tar", files_of(TWINS[name]())), place, *ALL)
    check_manners(scanned, place)
    assert scanned.exit_code == 0, scanned.err
    subject = subject_of(scanned)
    assert not [f for f in subject["findings"] if f["kind"] in ("secret", "malware")]
    assert not [u for u in subject["unknowns"] if u["stage"] in ("layer", "merge", "content")]
    found = [f"{package['name']} {package['version']}" for package in subject["packages"]]
    assert sorted(found) == NORMAL


def test_archives_of_every_kind_are_looked_into(place):
    """In a confined worker, which can load nothing any more."""
    image = files_of(layer.tar(layer.file("srv/x", b"x")), each_kind(setting()), way="plain")
    scanned = scan(archive(place / "x.tar", image), place, *ALL)
    kinds = {
        finding["location"].partition("!")[0].rpartition(".")[2]
        for finding in subject_of(scanned)["findings"]
        if finding["kind"] == "secret" and "!" in finding["location"]
    }
    assert kinds == {"zip", "tar", "ar", "gz", "xz", "bz2", "zst"}


def test_files_of_an_image_silence_nothing(place):
    """Neither comments nor ignore files, configurations and policies that lie in it."""
    attack = ATTACKS["allowed-by-the-image"]()
    found = subject_of(scan(archive(place / "x.tar", attack), place, *ALL))["findings"]
    secrets = {one["location"] for one in found if one["kind"] == "secret"}
    assert secrets == {"srv/a.env", "srv/b.env", "srv/c.env"}


@pytest.mark.parametrize("expected", SHARED.values(), ids=lambda one: one.name)
def test_older_attacks_with_all_scanners(shared, place, expected):
    """They end as they do without: what is looked for besides takes nothing away."""
    if expected.name == "many-databases":
        pytest.skip("200 databases are the same with scanners, and slow")
    scanned = scan(expected.path(shared, place), place, *ALL)
    check_manners(scanned, place)
    assert scanned.exit_code == expected.exit_code, scanned.err
    assert bool(scanned.out) == (expected.exit_code != 2)


@pytest.mark.parametrize("name", [name for name, one in SHARED.items() if not one.made])
def test_no_hostile_image_is_cleared(shared, place, name):
    """``gate`` never answers allow."""
    scanned = scan(SHARED[name].path(shared, place), place, command="gate")
    assert scanned.exit_code in (1, 2, 3)
    assert "Traceback" not in scanned.err


def test_no_value_stands_anywhere_that_a_scan_writes(place):
    """Not in a report of any format, the store, the cache, what is said or what is left."""
    values = [value(number) for number in range(10)]
    config = {
        "config": {
            "Env": [setting(0).decode().strip()],
            "Labels": {"note": setting(1).decode().strip(), "k": f"curl -u ci:{value(2)} x"},
            "Cmd": ["run", f"--url=https://ci:{value(3)}@host.dev/"],
        },
        "history": [{"created_by": f"RUN export {setting(4).decode().strip()}"}] * 4,
    }
    image = files_of(
        layer.tar(layer.file("srv/a.env", setting(5)), layer.file("srv/gone.env", setting(6))),
        layer.tar(layer.whiteout("srv/gone.env"), layer.file("bin/x.sh", b"#!/bin/sh\n" + setting(7), mode=0o755)),
        each_kind(setting(8)),
        config=config,
    )  # fmt: skip
    image_path = archive(place / "x.tar", image)
    (place / "outputs").mkdir()
    more = [word for name in FORMATS for word in ("-o", f"{name}={place}/outputs/{name}")]
    for command, asked in (("scan", [*more, "--store", "--full"]), ("gate", more[:6]), ("fix", [])):
        scanned = scan(image_path, place, *asked, *ALL, command=command, report="json")
        assert scanned.exit_code in (0, 1, 3), scanned.err
        texts = [scanned.out.encode(), scanned.err.encode()]
        texts += [
            _plain(path) for path in place.rglob("*") if path.is_file() and path != image_path
        ]
        for found in texts:
            assert [
                one for one in values if one.encode() in found or one[6:].encode() in found
            ] == []
    locations = json.loads((place / "outputs/json").read_text())["subjects"][0]["findings"]
    assert sum(one["kind"] == "secret" for one in locations) >= 12


def _plain(path: Path) -> bytes:
    """Return a file's bytes, with what is packed in it unpacked."""
    content = path.read_bytes()
    start = content.find(b"x\x01")
    with suppress(zlib.error):
        content += zlib.decompressobj().decompress(content[start:]) if start >= 0 else b""
    return content
