"""Laws: a configuration of gitleaks means here what it means there, apart from what is told."""

import pytest

from pratique.formats.documents.toml import parse_toml
from pratique.formats.ignore.gitleaks_toml import read_gitleaks_toml
from pratique.model.errors import FormatError
from pratique.secrets import assignments, connections
from pratique.secrets.gitleaks import with_gitleaks
from pratique.secrets.scanner import SecretScanner
from tests.secrets.noise import TextFile, noise

RULES = (*assignments.RULES, *connections.RULES)
OWN = """
[[rules]]
id = "acme-token"
description = "A token of Acme"
regex = '''(?i)acme_(?:live|test)_([0-9a-z]{20,})\\b'''
entropy = 2
keywords = ["acme_"]
"""


def config(text):
    return read_gitleaks_toml(parse_toml(text.encode()), ".gitleaks.toml")


def found(toml, text, path="app/a.txt", engine="keywords"):
    scanner = SecretScanner(with_gitleaks(RULES, config(toml)), engine=engine)
    return [(s.rule, s.line) for s in scanner.scan(TextFile(path, text.encode()))]


TOKEN = "acme_live_" + noise(24)


@pytest.mark.parametrize("engine", ["hyperscan", "keywords"])
def test_a_rule_of_ones_own_finds(engine):
    assert found(OWN, f"x\n{TOKEN}\n", engine=engine) == [("acme-token", 2)]
    assert found(OWN, "acme_live_" + "a" * 24) == []  # the entropy


def test_the_secret_is_the_first_group_that_took_part():
    scanner = SecretScanner(with_gitleaks((), config(OWN)))
    (spot,) = scanner.scan(TextFile("a", TOKEN.encode()))
    assert spot.shown.startswith(TOKEN.removeprefix("acme_live_")[:4])
    assert spot.title == "A token of Acme"


def test_the_secret_group_may_be_named():
    toml = OWN.replace("entropy = 2", "secretGroup = 1")
    assert found(toml, TOKEN) == [("acme-token", 1)]
    with pytest.raises(FormatError, match="no group 2"):
        config(OWN.replace("entropy = 2", "secretGroup = 2"))


def test_a_rule_may_look_at_some_paths_only():
    toml = OWN + "path = '''\\.(?:env|ini)$'''\n"
    assert found(toml, TOKEN, "a/b.ini") == [("acme-token", 1)]
    assert found(toml, TOKEN, "a/b.txt") == []


@pytest.mark.parametrize(
    ("lists", "stands"),
    [
        ("[[allowlists]]\npaths = ['''^app/''']", True),
        ("[[allowlists]]\npaths = ['''^lib/''']", False),
        ("[allowlist]\npaths = ['''^app/''']", True),
        ("[[allowlists]]\nregexes = ['''LIVE''']", False),
        ("[[allowlists]]\nregexTarget = 'match'\nregexes = ['''live''']", True),
        ("[[allowlists]]\nregexTarget = 'line'\nregexes = ['''^see: ''']", True),
        ("[[allowlists]]\nregexTarget = 'secret'\nregexes = ['''live''']", False),
        ("[[allowlists]]\nstopwords = ['7AQ']", True),
        (
            "[[allowlists]]\ncondition = 'AND'\npaths = ['''^app/''']\nstopwords = ['nothing-like-it']",
            False,
        ),
        ("[[allowlists]]\ncondition = 'AND'\npaths = ['''^app/''']\nstopwords = ['7aq']", True),
        ("[[allowlists]]\ncondition = 'AND'\npaths = ['''^app/''']\ncommits = ['abc']", False),
        ("[[allowlists]]\ncommits = ['abc']", False),
        ("[[allowlists]]\ntargetRules = ['acme-token']\npaths = ['''^app/''']", True),
        ("[[allowlists]]\ntargetRules = ['other']\npaths = ['''^app/''']", False),
        ("[[rules.allowlists]]\npaths = ['''^app/''']", True),
        ("[rules.allowlist]\nregexTarget = 'line'\nregexes = ['''see''']", True),
    ],
)
def test_what_allow_lists_let_stand(lists, stands):
    assert bool(found(f"{OWN}\n{lists}", f"see: {TOKEN}")) is not stands


def test_allow_lists_hold_for_kinds_of_ours_too():
    line = f"DB_PASSWORD={noise(16)}"
    assert found("", line) == [("password", 1)]
    assert found("[[allowlists]]\npaths = ['''^app/''']", line) == []
    assert found("[[allowlists]]\ntargetRules = ['password']\npaths = ['''^app/''']", line) == []


def test_kinds_are_switched_off_by_their_id_or_by_the_name_gitleaks_has():
    line = f'api_token = "{noise(24)}"'
    assert found("", line) == [("generic-api-token", 1)]
    assert found("[extend]\ndisabledRules = ['generic-api-token']", line) == []
    assert found("[extend]\nuseDefault = true\ndisabledRules = ['generic-api-key']", line) == []


def test_a_rule_with_the_name_of_a_kind_takes_its_place():
    toml = "[[rules]]\nid = 'generic-api-key'\nregex = '''only-(this)'''\n"
    assert found(toml, f'api_token = "{noise(24)}" only-this') == [("generic-api-key", 1)]


def test_the_version_covers_the_configuration():
    lists = ("[[allowlists]]\npaths=['a']", "[[allowlists]]\npaths=['b']", "")
    assert len({SecretScanner(with_gitleaks(RULES, config(one))).version for one in lists}) == 3
