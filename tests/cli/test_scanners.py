"""What commands share that look into an image: the scanners asked for, and the settings of a scan."""

from pathlib import Path
from typing import Any

import pytest

from pratique.cli.progress import Progress
from pratique.cli.scanners import ALL, KEY_VARIABLE, SCANNERS, Looking
from pratique.model.errors import UsageError
from pratique.model.spot import Scanner


def looking(scanners: str, **more: Any) -> Looking:
    unset = dict.fromkeys(Looking.__struct_fields__)
    given = {"mirror": (), "yara_rules": (), "hash_list": (), "max_age": 2.0, "target": "x"}
    return Looking(**{**unset, **given, "scanners": scanners, **more})


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("vuln", {"vuln"}),
        (" secret , license,", {"secret", "license"}),
        ("all", set(SCANNERS)),
        ("vuln,all", set(SCANNERS)),
        (ALL, set(SCANNERS)),
    ],
)
def test_scanners_are_named_with_commas(text: str, meant: set[str]) -> None:
    """Spaces and a comma at the end do no harm."""
    assert looking(text).scanned_for() == meant


@pytest.mark.parametrize("text", ["", " , ", "virus", "vuln,virus", "VULN"])
def test_what_is_no_scanner_is_refused(text: str) -> None:
    """A word that is misspelt must not leave a scanner out in silence."""
    with pytest.raises(UsageError) as caught:
        looking(text).scanned_for()
    assert "malware" in caught.value.hint()


def test_settings_say_what_was_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The key comes from the environment; flaws and configuration are not sought in files."""
    monkeypatch.setenv(KEY_VARIABLE, "ours")
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", str(tmp_path))
    asked = looking("vuln,config,malware", secrets_in_programs=True, hash_list=(Path("h"),))
    contents = asked.content_settings()

    assert contents.scanners == {Scanner.MALWARE, Scanner.SECRET}  # its own option asks for it
    assert (contents.fingerprint_key, contents.binaries) == ("ours", True)
    assert (contents.hash_lists, contents.cache_folder) == ((Path("h"),), tmp_path)


def test_a_scan_is_of_one_time() -> None:
    """Advisories, and the configuration where it is asked for, are judged as of one moment."""
    progress = Progress(watched=False)
    whole = looking("all").scan_settings(progress)

    assert whole.now == whole.database.now == whole.config_at
    assert whole.database.max_age_s == 7200
    assert looking("vuln").scan_settings(progress).config_at is None


@pytest.mark.parametrize(
    ("options", "meant"),
    [
        ({"clamd": "/run/clamd"}, {"vuln", "malware"}),
        ({"yara_rules": (Path("rules"),)}, {"vuln", "malware"}),
        ({"hash_list": (Path("list"),)}, {"vuln", "malware"}),
        ({"gitleaks_config": Path(".gitleaks.toml")}, {"vuln", "secret"}),
        ({"secrets_in_programs": True}, {"vuln", "secret"}),
    ],
)
def test_an_option_of_a_scanner_asks_for_it(options: dict[str, Any], meant: set[str]) -> None:
    """None is silently without effect because its scanner was not named."""
    assert looking("vuln", **options).scanned_for() == meant
