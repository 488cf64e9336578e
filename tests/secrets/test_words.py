"""Law: every kind can be explained, by its own name and by those of gitleaks."""

import pytest

from pratique.secrets.rules import all_kinds
from pratique.secrets.words import kinds_called, words_of


def test_every_kind_says_what_it_is_and_what_to_do():
    for kind in all_kinds():
        words = words_of(kind)
        assert words[0].startswith(kind.title)
        assert any(kind.rotate.rstrip(".") in line for line in words)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("github-pat", "checksum"),
        ("netrc-password", ".netrc"),
        ("private-key", "more special"),
        ("gcp-api-key", "high"),
    ],
)
def test_what_is_peculiar_is_said(name, said):
    assert any(said in line for line in words_of(kinds_called(name)[0]))


def test_other_names_lead_to_a_kind():
    assert [kind.id for kind in kinds_called("vault-service-token")] == [
        "vault-legacy-token",
        "vault-token",
    ]
    assert kinds_called("no-such-kind") == []
