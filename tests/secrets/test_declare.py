"""Laws: a token ends where its alphabet does; a named value needs its name, in the forms of names."""

import re

import pytest

from pratique.secrets.declare import assigned, option, token

VALUE = "0a1b2c3d" * 4
HOOK = token("hook-key", "Hook key", "hk_{hex:32}", rotate="somewhere")
NAMED = assigned("acme-key", "Acme key", ("acme",), "{hex:32}", rotate="somewhere")
LONG = assigned(
    "new-acme-secret", "Acme secret", ("new-acme",), "{hex:32}", name="secret", rotate="x"
)


def value(kind, text):
    match = re.search(kind.pattern, text.encode())
    return match and match["secret"].decode()


@pytest.mark.parametrize("before", ["", " ", '"', "=", "\\n", "(", "/", "x="])
@pytest.mark.parametrize("after", ["", " ", '"', "\\n", ")", ".", ",", ";", "@host"])
def test_a_token_stands_between_anything_but_words(before, after):
    assert value(HOOK, f"{before}hk_{VALUE}{after}") == f"hk_{VALUE}"


@pytest.mark.parametrize(
    "text", [f"ahk_{VALUE}", f"hk_{VALUE}0", f"hk_{VALUE}_x", f"hk_{VALUE}.png", f"hk_{VALUE}-x"]
)
def test_a_token_is_no_part_of_a_longer_word(text):
    assert value(HOOK, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "acme={v}", "ACME_API_KEY={v}", 'acmeToken := "{v}"', "myAcmeSecret: '{v}'", '"acme-api-key": "{v}"', "acme_key => '{v}'",
        "<acmeToken>\n    {v}", 'System.setProperty("ACME_TOKEN", "{v}")', 'config["acme_key"] = "{v}"', "ACME_KEY ?= {v}",
        'String acmeKey = "{v}";', 'var acmeToken: string = "{v}"', "acme_token: |\n  {v}"[:0] + "acme.token::={v}",
        '{{"name": "ACME_TOKEN", "value": "{v}"}}', "- name: ACME_TOKEN\n  value: {v}", "acme_auth: Bearer {v}",
    ],
)  # fmt: skip
def test_a_name_is_written_in_many_ways(text):
    assert value(NAMED, text.format(v=VALUE)) == VALUE


@pytest.mark.parametrize(
    "text", ["key={v}", "lacme={v}", "acme_checksum={v}", "acme build of {v}", "aCMe_key={v}", "ACMEISH = {v}", "acme_key={v}00"]
)  # fmt: skip
def test_other_names_say_nothing(text):
    assert value(NAMED, text.format(v=VALUE)) is None


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("new_acme_secret", True),
        ("NEW-ACME-SECRET", True),
        ("newacmesecret", True),
        ("newAcmeId", False),
    ],
)
def test_a_word_may_be_joined_in_three_ways_and_the_rest_be_demanded(name, seen):
    assert (value(LONG, f"{name} = '{VALUE}'") == VALUE) is seen


def test_an_option_is_a_line_of_its_own():
    kind = option("some-password", "Password", ("bind.pw", "rootpw"), ("*.conf",))
    assert value(kind, "bind.pw hush4711") == "hush4711"
    assert value(kind, '  RootPW = "hush4711"') == "hush4711"
    assert value(kind, "# rootpw hush4711") is None
    assert value(kind, "bindxpw hush4711") is None
