"""Names of credentials are told from names about them, and values from what is none."""

import pytest

from pratique.checks._secret_names import is_secret_name, is_value


@pytest.mark.parametrize(
    "name",
    [
        "PASSWORD", "MYSQL_ROOT_PASSWORD", "DB_PASS", "db_pwd", "API_KEY", "APIKEY", "STRIPE_SECRET_KEY",
        "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "npmToken", "CLIENT_SECRET", "SECRET_KEY_BASE",
        "JWT_SECRET", "STORAGE_ACCOUNT_KEY", "SSH_PRIVATE_KEY", "GOOGLE_CREDENTIALS", "SSH_KEY",
    ],
)  # fmt: skip
def test_names_of_credentials(name: str) -> None:
    """However they are written."""
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "PATH", "GPG_KEY", "GPG_KEYS", "RABBITMQ_PGP_KEY_ID", "PUBLIC_KEY", "APT_KEY_URL",
        "POSTGRES_PASSWORD_FILE", "TOKEN_URL", "PWD", "OLDPWD", "MAX_TOKENS", "TOKENIZERS_PARALLELISM",
        "PASSWORD_MIN_LENGTH", "SECRET_NAME", "KEYBOARD", "MONKEY", "BYPASS", "COMPASS_DIR",
        "PASSENGER_VERSION", "SORT_KEY", "AWS_SECRET_ARN", "PRIVATE_KEY_PATH", "",
    ],
)  # fmt: skip
def test_names_of_something_else(name: str) -> None:
    """Files, public keys, settings about credentials, words that only contain one."""
    assert not is_secret_name(name)


@pytest.mark.parametrize("value", ["", "  ", "''", "true", "0", "/x", "$X", "${X}", "<x>", "****"])
def test_no_values(value: str) -> None:
    """Blank forms and references."""
    assert not is_value(value)
