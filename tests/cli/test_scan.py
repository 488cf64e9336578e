"""`pratique scan` finds what is there, decides as asked and ends with the right exit code."""

import json
from pathlib import Path

import pytest

from tests.cli.scanning import Run, subject
from tests.makers import plugin, scanned
from tests.makers.elf import elf
from tests.makers.image import ImageMaker
from tests.makers.os_packages import dpkg_stanza
from tests.makers.registry import FakeRegistry


def test_a_scan_finds_what_the_mirror_knows(pratique: Run, image: str) -> None:
    """Package, flaw, fix and what was left out are all in the JSON report; a bare scan ends with 0."""
    code, out, err = pratique("scan", image, "-o", "json")
    found = [(f["rule"], f["package_name"], f["fix"]["version"]) for f in subject(out)["findings"]]

    assert (code, err) == (0, "")
    assert found == [("CVE-2026-1001", "openssl", "1.2-3"), ("CVE-2026-1002", "bash", "")]
    (left_out,) = json.loads(out)["skipped"]
    assert "attestation manifest" in left_out


def test_the_table_names_fix_and_attestation(pratique: Run, image: str) -> None:
    """A person sees what to install, and that the attestation is no image."""
    _, out, _ = pratique("scan", image)

    assert "openssl  1.2-1 → 1.2-3" in out
    assert "Left out, being no image: 1 attestation manifest" in out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--fail-on", "critical"), 1),
        (("--fail-on", "high", "--only-fixed"), 1),
        ((), 0),
    ],
)
def test_the_exit_code_is_the_decision(
    pratique: Run, image: str, options: tuple[str, ...], code: int
) -> None:
    """1 only when a threshold was given and met."""
    assert pratique("scan", image, *options)[0] == code


def test_an_ungraded_flaw_leaves_a_threshold_undecided(pratique: Run, tmp_path: Path) -> None:
    """Nobody has graded the flaw of bash, so neither pass nor fail can be said: 3."""
    status = dpkg_stanza("bash", "5.2-2")
    files: dict[str, bytes | str] = {**scanned.FILES, "var/lib/dpkg/status": status}
    place = scanned.debian(tmp_path / "ungraded", files)
    code, out, _ = pratique("scan", f"oci:{place}:app", "--fail-on", "critical")

    assert code == 3
    assert " UNDECIDED " in out


def test_a_threshold_without_advisory_data_is_undecided(
    pratique: Run, image: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was compared, so 0 would be a clearance that rests on nothing: 3, and what to do."""
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("PRATIQUE_DATA_DIR", str(tmp_path / "none"))
    code, out, err = pratique("scan", image, "--offline", "--fail-on", "high")
    error, hint, _ = err.split("\n")

    assert code == 3
    assert " UNDECIDED  no package was checked" in out
    assert error.startswith("pratique: error: no package was checked against data")
    assert error.endswith("there are no advisory data for Debian")
    assert hint == "  hint: run `pratique db update`, or check --source and the network"
    assert pratique("scan", image, "--offline")[::2] == (0, "")
    assert pratique("scan", image, "--scanners", "config", "--fail-on", "critical")[0] == 0


def test_a_lone_program_that_only_data_on_request_speak_of_is_undecided(
    pratique: Run, tmp_path: Path
) -> None:
    """Nothing was compared: 3, and how to get the data or accept the gap; beside packages it is a gap."""
    busybox = elf([(".rodata", b"\0BusyBox v1.36.1\0")])
    alone = scanned.debian(tmp_path / "alone", {"bin/busybox": busybox})
    beside = scanned.debian(
        tmp_path / "beside",
        {
            "etc/os-release": scanned.OS_RELEASE,
            "var/lib/dpkg/status": dpkg_stanza("libc6", "2.36-9"),
            "opt/busybox": busybox,
        },
    )
    code, out, err = pratique("scan", f"oci:{alone}:app", "--fail-on", "high", "-o", "json")

    assert (code, json.loads(out)["outcome"]) == (3, "undecided")
    assert "there are no advisory data for NVD\n  hint: run `pratique db update NVD`, or let" in err
    assert pratique("scan", f"oci:{alone}:app")[::2] == (0, "")
    code, out, err = pratique("scan", f"oci:{beside}:app", "--fail-on", "high")
    assert (code, err) == (0, "")
    assert " INCOMPLETE " in out


def test_an_unreadable_package_database_is_never_no_findings(pratique: Run, tmp_path: Path) -> None:
    """A damaged database ends with 3, also without a threshold."""
    files: dict[str, bytes | str] = {
        "etc/os-release": scanned.OS_RELEASE,
        "lib/apk/db/installed": b"\xff\x00 no database",
        "var/lib/rpm/rpmdb.sqlite": b"no database",
    }
    place = scanned.debian(tmp_path / "damaged", files)
    code, out, _ = pratique("scan", f"oci:{place}:app")

    assert code == 3
    assert " INCOMPLETE " in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("oci:/nowhere",),
        ("{image}", "--platform", "linux"),
        ("{image}", "--platform", "linux/s390x"),
        ("{image}", "--scanners", "tea-leaves"),
        ("{image}", "-o", "tea"),
        ("{image}", "-o", "json", "-o", "table"),
        ("{image}", "--retries", "-1"),
        ("localhost:1/app:1", "--mirror", "nonsense"),
        ("localhost:1/app:1", "--retries", "0", "--timeout", "2"),
    ],
)
def test_what_cannot_be_done_is_2_with_a_hint(
    pratique: Run, image: str, arguments: tuple[str, ...]
) -> None:
    """A wrong command or an absent target is said in two lines, and nothing is printed."""
    code, out, err = pratique("scan", *(one.format(image=image) for one in arguments))

    assert (code, out) == (2, "")
    assert err.startswith("pratique: error: ")
    assert "\n  hint: " in err


def test_every_platform_is_a_subject(pratique: Run, tmp_path: Path) -> None:
    """``all`` reports on each; an architecture alone means Linux, as engines take it."""
    place = scanned.two_platforms(tmp_path / "both")
    _, both, _ = pratique("scan", f"oci:{place}:app", "--platform", "all", "-o", "json")
    _, one, _ = pratique("scan", f"oci:{place}:app", "--platform", "aarch64", "-o", "json")

    platforms = [entry["image"]["platform"] for entry in json.loads(both)["subjects"]]
    assert platforms == ["linux/amd64", "linux/arm64"]
    assert subject(one)["image"]["platform"] == "linux/arm64"


@pytest.mark.parametrize("way", ["option", "variable"])
def test_a_mirror_is_asked_first(pratique: Run, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """``--mirror`` and its variable, several with commas, lead to the mirror's copy."""
    maker = ImageMaker()
    made = maker.image(scanned.FILES)
    with FakeRegistry().running() as registry:
        registry.blobs = maker.blobs
        registry.tags["1"] = str(made["digest"])
        registry.types[str(made["digest"])] = str(made["mediaType"])
        mirror = f"registry.invalid={registry.host}/hub"
        options = ["--mirror", "other.invalid=x.invalid", "--mirror", mirror]
        if way == "variable":
            monkeypatch.setenv("PRATIQUE_REGISTRY_MIRRORS", f"other.invalid=x.invalid,{mirror}")
            options = []
        code, out, _ = pratique("scan", "registry.invalid/team/app:1", *options, "-o", "json")

    assert code == 0
    assert subject(out)["digest"] == made["digest"]
    assert registry.asked("/v2/hub/team/app/manifests/1")


def test_equal_input_gives_equal_bytes(pratique: Run, image: str) -> None:
    """Cached or not, the report is the same."""
    first = pratique("scan", image, "-o", "json")[1]

    assert pratique("scan", image, "-o", "json")[1] == first
    assert pratique("scan", image, "-o", "json", "--no-cache")[1] == first


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install an extractor, an enricher and a report of a third party."""
    units = {
        "extractors:acme-list": "acme_extractor",
        "enrichers:acme-owner": "acme_enricher",
        "reports:acme-count": "acme_report",
    }
    site = plugin.install(
        tmp_path / "site",
        "acme-units",
        units,
        acme_extractor=plugin.EXTRACTOR,
        acme_enricher=plugin.ENRICHER,
        acme_report=plugin.REPORT,
    )
    monkeypatch.syspath_prepend(str(site))


@pytest.mark.usefixtures("plugins")
def test_plugins_run_only_when_asked_for(
    pratique: Run, image: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Installed is not trusted: without --plugins nothing of them is used; the variable asks too."""
    without = subject(pratique("scan", image, "-o", "json")[1])
    using = subject(pratique("scan", image, "-o", "json", "--plugins")[1])

    assert "anvil" not in {package["name"] for package in without["packages"]}
    assert "anvil" in {package["name"] for package in using["packages"]}
    assert {finding["title"] for finding in using["findings"]} == {"ask the anvil team"}
    assert pratique("scan", image, "-o", "acme-count")[0] == 2
    monkeypatch.setenv("PRATIQUE_PLUGINS", "1")
    assert pratique("scan", image, "-o", "acme-count")[:2] == (0, "3 packages\n")


def test_a_broken_plugin_is_named(
    pratique: Run, image: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is to blame is said: the plugin and its package, and how to go on without it."""
    site = plugin.install(
        tmp_path / "site", "broken-unit", {"extractors:broken": "broken_one"}, broken_one="1 / 0\n"
    )
    monkeypatch.syspath_prepend(str(site))
    code, _, err = pratique("scan", image, "--plugins")

    assert code == 2
    assert "plugin 'broken' of broken-unit 2.5 cannot be loaded: ZeroDivisionError" in err
    assert "without --plugins" in err
    assert pratique("scan", image)[0] == 0


def test_help_tells_the_exit_codes(pratique: Run) -> None:
    """A person who writes a build step finds them where the options are."""
    _, out, _ = pratique("scan", "--help")

    assert "Exit codes: 0 done; 1 --fail-on is met; 2" in " ".join(out.split())
