"""Law: what stands where a password stands is one, unless it is a placeholder or the user again."""

import pytest

from pratique.secrets.connections import RULES
from pratique.secrets.scanner import SecretScanner
from tests.secrets.noise import TextFile

SCANNER = SecretScanner(RULES)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("postgres://app:" + "tiger9@db/app", ["url-credentials"]),
        ("redis://:" + "Zt51-pxv@cache:6379", ["url-credentials"]),
        ("amqp://guest:guest@mq/", []),
        ("https://user:pass@example.com/", []),
        ("https://abc:123@example.com/", []),
        ("mongodb://<user>:<password>@host/", []),
        ("http://[::1]:8080/@scope/name", []),
        ("curl -u ci:" + "Tq81-pxv7 https://a.dev", ["basic-auth"]),
        ("curl -u $USER:$PASS https://a.dev", []),
        ("curl -H 'Authorization: Basic " + "Y2k6VHE4MS1weHY3" + "' https://a.dev", ["basic-auth"]),
        ("mysql -uroot -p" + "Tq81pxv7 app", ["command-line-password"]),
        ("mysql -uroot -p$PASS app", []),
        ("Data Source=s;User ID=sa;Password=" + "Tq81-pxv7", ["connection-string-password"]),
        ("the password=unused or not", []),
        ("USER=go PWD=/tmp/x1", []),
        ("from the ACL user= and password= result tags", []),
        ("host=db user=app password = " + "Tq81-pxv7", ["connection-string-password"]),
        ("https://token:x-oauth-basic@github.com/", []),
        ("scheme://user_name[:password]@host_name/", []),
    ],
)
def test_connections(text, rules):
    assert [spot.rule for spot in SCANNER.scan(TextFile("a.txt", text.encode()))] == rules
