"""A redirect takes nothing along that it should not have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.kit.http_errors import HttpUnreachable
from pratique.kit.http_redirect import headers_for, next_url, origin


def test_origin_is_scheme_host_and_port():
    """The same host on another port or scheme is another origin."""
    assert origin("https://H:443/x") == origin("https://h/")
    assert (
        len({origin(u) for u in ("https://h/", "http://h/", "https://h:8443/", "https://i/")}) == 4
    )


def test_https_never_leads_to_http():
    """Falling from https to http is refused, the other way is fine."""
    with pytest.raises(HttpUnreachable, match="plain http"):
        next_url("https://h/", "http://h/")
    assert next_url("http://h/", "https://i/x") == "https://i/x"


@given(st.text(max_size=30))
def test_any_location(location):
    """Any Location is followed to an http origin or refused."""
    try:
        target = next_url("https://h/a", location)
    except HttpUnreachable:
        return
    assert origin(target)[0] == "https"


def test_headers():
    """Away from home neither given nor added secrets are sent."""
    given_ = {"Authorization": "a", "Range": "r"}

    assert headers_for(given_, {"Cookie": "c"}, home=True)["cookie"] == "c"
    assert not {"authorization", "cookie"} & set(headers_for(given_, {"Cookie": "c"}, home=False))
