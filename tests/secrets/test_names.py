"""Law: a name promises a secret by one of its words, unless another word takes it back."""

import pytest

from pratique.secrets.names import Secrecy, secrecy_of


@pytest.mark.parametrize(
    ("name", "secrecy"),
    [
        ("password", Secrecy.PASSWORD),
        ("dbPass", Secrecy.PASSWORD),
        ("MYSQL_PWD", Secrecy.PASSWORD),
        ("authToken", Secrecy.TOKEN),
        ("some_api_token_123", Secrecy.TOKEN),
        ("JWT_SECRET", Secrecy.TOKEN),
        ("X-Api-Key", Secrecy.TOKEN),
        ("encryption_key", Secrecy.TOKEN),
        ("key", Secrecy.NONE),
        ("passwordLength", Secrecy.NONE),
        ("token_endpoint", Secrecy.NONE),
        ("primaryKey", Secrecy.NONE),
        ("compass", Secrecy.NONE),
        ("keyboard", Secrecy.NONE),
        ("recaptcha_sitekey", Secrecy.NONE),
        ("author", Secrecy.NONE),
    ],
)
def test_what_names_promise(name, secrecy):
    assert secrecy_of(name.encode()) is secrecy
