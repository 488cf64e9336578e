"""Read configurations of gitleaks."""

import pytest

from pratique.formats.documents.toml import parse_toml
from pratique.formats.ignore.gitleaks_toml import GitleaksConfig, read_gitleaks_toml
from pratique.model.errors import FormatError


def config(text: str) -> GitleaksConfig:
    """Return what a configuration says."""
    return read_gitleaks_toml(parse_toml(text.encode()), ".gitleaks.toml")


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[[rules]]\nid='a'\npath='''x'''", "rule a has no regex"),
        ("[extend]\npath='other.toml'", "names another file"),
        ("[[rules]]\nid='a'\nregex='''x'''\n[[rules.required]]\nid='b'", "asks for other rules"),
    ],
)
def test_what_is_not_honoured_is_told(toml: str, told: str) -> None:
    """With the rule's name."""
    (problem,) = config(toml).problems
    assert told in problem


@pytest.mark.parametrize(
    "toml",
    [
        "[[rules]]\nregex='''x'''",
        "[[rules]]\nid='a'\nregex='''(x'''",
        "[[rules]]\nid='a'\nregex='''\\pL+'''",
        "[[rules]]\nid='a'\nregex='''(?:(?:a+)+)+'''\n[[allowlists]]\ncondition='NOR'\npaths=['x']",
        "[[allowlists]]\ndescription='none'",
        "[[allowlists]]\nregexTarget='file'\nregexes=['x']",
    ],
)
def test_what_cannot_be_understood_is_refused(toml: str) -> None:
    """A mistake is not silently without effect."""
    with pytest.raises(FormatError):
        config(toml)


def test_an_empty_file_says_nothing() -> None:
    """Nor one with other settings of gitleaks."""
    assert config("title = 'ours'\nminVersion = 'v8.25.0'") == GitleaksConfig()
