"""Destinations mean what they say; a mistake is one line with a hint; secrets are never shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.kit import registry
from pratique.model.errors import UsageError
from pratique.outputs.destination import FORMS, parse_destination

GOOD = {
    "json": ("json", "-", "json=-"),
    "-": ("json", "-", "json=-"),
    "text=-": ("text", "-", "text=-"),
    "json=/var/log/a.json": ("json", "file", "json=/var/log/a.json"),
    "/var/log/a=b.json": ("json", "file", "json=/var/log/a=b.json"),
    "cef=./x": ("cef", "file", "cef=./x"),
    "file:///var/log/a": ("json", "file", "json=/var/log/a"),
    "syslog:": ("syslog-local", "syslog", "syslog-local=syslog:"),
    "syslog-bsd=syslog://host": ("syslog-bsd", "syslog", "syslog-bsd=syslog://host:514"),
    "syslog://[::1]:99": ("syslog", "syslog", "syslog=syslog://[::1]:99"),
    "syslog+tcp://host": ("syslog", "syslog+tcp", "syslog=syslog+tcp://host:601"),
    "https://a.example/hook?key=x=y": ("json", "https", "json=https://a.example/hook"),
    "falco-json=http://sidekick:2801/": ("falco-json", "http", "falco-json=http://sidekick:2801/"),
    "otlp+http://collector": ("otlp", "http", "otlp=http://collector:4318/v1/logs"),
    "otlp+https://c:443/x/logs": ("otlp", "https", "otlp=https://c:443/x/logs"),
    "text=program:/bin/mail -s 'a b' ops": ("text", "program", "text=program:/bin/mail"),
}
BAD = {
    "": "FORM=PLACE",
    "jsn": "did you mean 'json'",
    "jsn=/x": "did you mean 'json'",
    "json=": "FORM=PLACE",
    "json=relative": "begins with / or ./",
    "htps://x": "did you mean http",
    "https://": "https://alerts.example",
    "https://u:p@host/": "PRATIQUE_SEND_HEADERS",
    "https://host:99999/": "https://",
    "https://ho st/": "https://",
    "json=otlp+http://c": "leave the form out",
    "syslog://host/path": "syslog://host:514",
    "program:": "logger",
    "program:'x": "quotes",
    "file:": "json=",
    "json=/var/log/": "json=",
}


@pytest.mark.parametrize("text", GOOD)
def test_good(text) -> None:
    """Form, scheme and what is shown of it."""
    found = parse_destination(text)

    assert (found.form, found.scheme, found.shown) == GOOD[text]


@pytest.mark.parametrize("text", BAD)
def test_bad(text) -> None:
    """The hint says what would be right."""
    with pytest.raises(UsageError) as caught:
        parse_destination(text)

    assert BAD[text] in caught.value.hint()
    assert "\n" not in str(caught.value)
    assert "u:p" not in str(caught.value)


def test_a_query_is_kept_for_the_server_only() -> None:
    """It may hold a key."""
    found = parse_destination("https://a.example/hook?key=x")

    assert found.url.endswith("?key=x")
    assert "key" not in found.shown


def test_a_command_is_split_without_a_shell() -> None:
    """Quotes group words, nothing else is special."""
    found = parse_destination("program:/bin/x 'a b' $HOME;ls")

    assert found.command == ("/bin/x", "a b", "$HOME;ls")


@given(
    st.text(max_size=60)
    | st.sampled_from(sorted(GOOD)).flatmap(lambda t: st.text(max_size=9).map(lambda s: t + s))
)
def test_any_text_is_a_destination_or_a_usage_error(text) -> None:
    """Nothing else is raised."""
    try:
        found = parse_destination(text)
    except UsageError:
        return
    assert found.form in FORMS


def test_the_forms_are_the_units() -> None:
    """The list that is known without importing them is true."""
    assert set(FORMS) == set(registry.load("outputs"))
