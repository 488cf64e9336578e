"""`pratique sbom` lists what is in a target, matches nothing and fetches nothing."""

import json
from pathlib import Path

import pytest

from tests.cli.scanning import Run, subject
from tests.makers import plugin, scanned


def test_the_default_is_cyclonedx(pratique: Run, image: str) -> None:
    """Standard output gets one CycloneDX document with every package and no vulnerability."""
    code, out, _ = pratique("sbom", image)
    document = json.loads(out)

    assert (code, document["bomFormat"], document["specVersion"]) == (0, "CycloneDX", "1.6")
    assert {"bash", "openssl"} <= {component["name"] for component in document["components"]}
    assert not document.get("vulnerabilities")


def test_nothing_is_fetched(pratique: Run, image: str, tmp_path: Path) -> None:
    """No advisory data are needed, so none are kept afterwards."""
    assert pratique("sbom", image, "-o", "json")[0] == 0
    assert not (tmp_path / "cache/advisories").exists()


def test_several_formats_at_once(pratique: Run, image: str, tmp_path: Path) -> None:
    """Each ``-o`` with a file gets its own; versions are chosen with @."""
    files = ("-o", "spdx=s.json", "-o", "cyclonedx@1.7=c.json")
    code, out, _ = pratique("sbom", image, *files, "-o", "table")

    assert code == 0
    assert "2 deb; not checked for flaws" in out
    assert json.loads((tmp_path / "s.json").read_text())["spdxVersion"] == "SPDX-2.3"
    assert json.loads((tmp_path / "c.json").read_text())["specVersion"] == "1.7"


@pytest.mark.parametrize("form", ["cyclonedx", "spdx"])
def test_a_scan_of_the_sbom_finds_the_same(pratique: Run, image: str, form: str) -> None:
    """The list travels instead of the image."""
    assert pratique("sbom", image, "-o", f"{form}=bill.json")[0] == 0
    direct = subject(pratique("scan", image, "-o", "json")[1])["findings"]
    listed = subject(pratique("scan", "sbom:bill.json", "-o", "json")[1])["findings"]

    assert direct
    assert [(f["rule"], f["package_name"], f["severity"]) for f in direct] == [
        (f["rule"], f["package_name"], f["severity"]) for f in listed
    ]


def test_a_part_that_cannot_be_read_is_3(pratique: Run, tmp_path: Path) -> None:
    """The SBOM is written and says what is missing; the exit code says so too."""
    files: dict[str, bytes | str] = {**scanned.FILES, "var/lib/rpm/rpmdb.sqlite": b"no database"}
    code, out, _ = pratique("sbom", f"oci:{scanned.debian(tmp_path / 'damaged', files)}:app")

    assert code == 3
    assert json.loads(out)["compositions"][0]["aggregate"] == "incomplete"


def test_a_scan_format_is_refused(pratique: Run, image: str) -> None:
    """SARIF holds findings only; an SBOM has none."""
    code, _, err = pratique("sbom", image, "-o", "sarif")

    assert code == 2
    assert "cyclonedx, spdx, json, table" in err


def test_plugins_list_packages_when_asked(
    pratique: Run, image: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same switch as of a scan."""
    units = {"extractors:acme-list": "acme_lister"}
    site = plugin.install(tmp_path / "site", "acme-units", units, acme_lister=plugin.EXTRACTOR)
    monkeypatch.syspath_prepend(str(site))

    assert "anvil" in pratique("sbom", image, "--plugins")[1]
    assert "anvil" not in pratique("sbom", image)[1]
