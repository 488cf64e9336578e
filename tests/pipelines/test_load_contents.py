"""Provide the content scanners with what the user configured."""

from pathlib import Path

import pytest

from pratique.kit.limits import DEFAULT
from pratique.model.errors import UsageError
from pratique.model.spot import Scanner
from pratique.pipelines.load_contents import ContentSettings, load_contents
from pratique.pipelines.scan_contents import Contents
from pratique.secrets.scanner import SecretScanner

RULE = "[[rules]]\nid = 'acme-token'\nregex = '''acme_[a-z0-9]{20}'''\n"


def loaded(tmp_path: Path, text: str) -> Contents:
    """Return what is loaded with a configuration of gitleaks."""
    file = tmp_path / ".gitleaks.toml"
    file.write_text(text)
    scanners = frozenset((Scanner.SECRET,))
    return load_contents(ContentSettings(scanners=scanners, gitleaks_config=file), DEFAULT)


def test_rules_of_gitleaks_are_added(tmp_path: Path) -> None:
    """Beside those of our own."""
    (scanner,) = loaded(tmp_path, RULE).scanners
    assert isinstance(scanner, SecretScanner)
    names = {rule.kind.id for rule in scanner.rules}
    assert {"acme-token", "password"} <= names


@pytest.mark.parametrize("text", ["[[rules", "[[rules]]\nid='a'\nregex='''(x'''"])
def test_a_configuration_with_a_mistake_is_the_users(tmp_path: Path, text: str) -> None:
    """It is named with the reason."""
    with pytest.raises(UsageError, match=r"gitleaks\.toml"):
        loaded(tmp_path, text)


def test_a_configuration_that_is_absent_is_the_users(tmp_path: Path) -> None:
    """Not a crash."""
    settings = ContentSettings(
        scanners=frozenset((Scanner.SECRET,)), gitleaks_config=tmp_path / "none.toml"
    )
    with pytest.raises(UsageError):
        load_contents(settings, DEFAULT)


def test_what_a_configuration_asks_in_vain_is_said(tmp_path: Path) -> None:
    """A rule that is left out, and a file that is not followed."""
    contents = loaded(tmp_path, '[extend]\npath = "x.toml"\n[[rules]]\nid = "mine"\n')
    problems = [one.removeprefix(f"{tmp_path}/") for one in contents.problems]
    assert problems == [
        ".gitleaks.toml: [extend] names another file, which is not read",
        ".gitleaks.toml: rule mine has no regex: left out",
    ]
