"""
Find passwords in what one connects with: URLs, connection strings, command lines.

Law: what stands where a password stands is one, however plain, unless it is a placeholder, a
reference, or the user's name again.
"""

import re
from base64 import b64decode
from binascii import Error

from msgspec.structs import replace

from pratique.model.finding import Confidence
from pratique.secrets.assignments import looks_like_password
from pratique.secrets.interface import Sample, SecretKind
from pratique.secrets.rule import Place, Rule
from pratique.secrets.values import is_placeholder, turns

_LEAST_TURNS = 0.3
NAME = "connections"
_ROTATE = "Change the account's password, and take it from the environment or a secret store."
_END = rb"(?=[\s\"'`;|&)]|$)"
_SHOWN_ONLY = re.compile(
    rb"[*.x]+|p+a*s*s*\w{0,4}|\w{0,12}pass(?:w(?:or)?d)?|\w{1,12}_(?:pass|password|token)|%[a-z]",
    re.IGNORECASE,
)
_FORMAT = re.compile(rb"%(?:\(\w+\))?[sdqv]|\{\w*\}|^\$\w|\\[(\[{.*+?dws]|\[\^|\(\?|\+\w+\+|<\w+>")
_SAMPLE_HOSTS = re.compile(
    rb"(?:[\w-]+\.)*example\.(?:com|org|net)\b|(?:user|your|my)?host(?:name)?\b|domain\b",
    re.IGNORECASE,
)


def _password(match: "re.Match[bytes]", place: Place) -> bool:
    value = match["secret"]
    if (
        is_placeholder(value)
        or value.endswith(b"=")
        or _SHOWN_ONLY.fullmatch(value)
        or _FORMAT.search(value)
    ):
        return False
    named = match.groupdict().get("user") or b""
    if named and (named.lower() == value.lower() or (is_placeholder(named) and value.isalpha())):
        return False
    # A word, or next to nothing, before a host that exists for examples only.
    host = place.text[match.end() : match.end() + 80].lstrip(b"@")
    return not (_SAMPLE_HOSTS.match(host) and (value.isalpha() or len(value) < 8))


URL = SecretKind(
    id="url-credentials",
    title="Password in a URL",
    pattern=rb"(?<=[A-Za-z0-9])://(?P<user>[^\s:@/\"'`<>\\]{0,80}):(?P<secret>[^\s:@/\"'`<>\\,|]{3,256})@(?=[\w\[$-])",
    keywords=(b"://",),
    confidence=Confidence.MEDIUM,
    placeholders_allowed=True,  # the judge asks
    rotate=_ROTATE,
    true=(
        Sample(make=lambda: "REDIS_URL=redis://" + ":zwwM5hpA6eEf" + "@cache.internal:6379/0"),
        Sample(make=lambda: "git clone https://" + "ci:Tq81-pxv7" + "@git.acme.dev/a/b.git"),
    ),
    false=(
        Sample(make=lambda: "postgres://user:password@localhost:5432/app"),
        Sample(make=lambda: "amqp://${USER}:${PASSWORD}@broker"),
        Sample(make=lambda: "http://proxy.acme.dev:8080/a@b"),
    ),
)
CONNECTION = SecretKind(
    id="connection-string-password",
    title="Password in a connection string",
    # A space behind the sign only: a sentence about the parameter.
    pattern=rb"(?<![\w-])(?:password|pwd)(?:=|[ \t]{1,3}=[ \t]{0,3})(?!(?<=pwd=)[/\\~])(?P<secret>[^\s;\"'<>&,()]{4,128})(?=[;\"'<&,\s]|$)",
    keywords=(b"password", b"pwd"),
    confidence=Confidence.MEDIUM,
    placeholders_allowed=True,  # the judge asks
    folded=True,
    near=(
        b"server=", b"data source=", b"user id=", b"uid=", b"host=", b"database=", b"initial catalog=",
        b"dbname=", b"jdbc:", b"username=", b"user=",
    ),
    rotate=_ROTATE,
    true=(
        Sample(make=lambda: "Server=db;Database=a;User Id=sa;" + "Password=Tq81-pxv7;"),
        Sample(make=lambda: "host=db dbname=a user=app " + "password=zwwM5hpA6"),
    ),
    false=(
        Sample(make=lambda: "Server=db;User Id=sa;Password={0};"),
        Sample(make=lambda: "Server=db;User Id=sa;Password=yourpassword;"),
        Sample(make=lambda: "host=db dbname=a user=app password=$PGPASSWORD"),
    ),
)  # fmt: skip
COMMAND = SecretKind(
    id="command-line-password",
    title="Password given to a command",
    pattern=rb"\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|mongo|mongosh|mongodump|mongorestore|sshpass|redis-cli|"
    rb"docker[ \t]{1,4}login|podman[ \t]{1,4}login|helm[ \t]{1,4}registry[ \t]{1,4}login|ldapsearch|smbclient)"
    rb"(?=[ \t])[^\n|;&]{0,160}?[ \t](?:--password[= ]|--pass[= ]|-p[ \t]{0,2}|-w[ \t]{1,2}|-a[ \t]{1,2})[\"']?(?P<secret>[^\s\"'`;|&)-][^\s\"'`;|&)]{4,127})",
    keywords=(b"mysql", b"mariadb", b"mongo", b"sshpass", b"redis-cli", b"login", b"ldapsearch", b"smbclient"),
    confidence=Confidence.MEDIUM,
    placeholders_allowed=True,  # the judge asks
    rotate=_ROTATE,
    true=(
        Sample(make=lambda: "mysql -u root " + "-pX0EoNoMqgCK3 app"),
        Sample(make=lambda: "docker login -u ci -p " + "Tq81-pxv7zz registry.acme.dev"),
    ),
    false=(
        Sample(make=lambda: 'mysql -u root -p"$MYSQL_ROOT_PASSWORD" app'),
        Sample(make=lambda: "docker login -u ci --password-stdin registry.acme.dev"),
    ),
)  # fmt: skip
_CURL = rb"\bcurl(?=[ \t\\])(?:[^\n|]|\\\r?\n){0,300}?[ \t](?:-u|--user|--proxy-user|-U)(?:[ \t]{1,4}|=)?"
BASIC = SecretKind(
    id="basic-auth",
    title="User and password given to curl or wget",
    pattern=_CURL
    + rb"[\"']?(?P<user>[^\s:\"'<>]{0,80})[\"']?:[\"']?(?P<secret>[^\s\"'`<>|;]{3,200})"
    + _END,
    keywords=(b"curl",),
    confidence=Confidence.MEDIUM,
    placeholders_allowed=True,  # the judge asks
    aliases=("curl-auth-user",),
    rotate=_ROTATE,
    true=(
        Sample(make=lambda: "curl -u deploy:" + "VwIayh43vh7yViqWEP https://artifacts.acme.dev/"),
        Sample(make=lambda: 'curl https://acme.dev/x --user "ci:' + 'Tq81-pxv7"'),
    ),
    false=(
        Sample(make=lambda: 'curl -u "$USER:$PASSWORD" https://acme.dev/'),
        Sample(make=lambda: "curl -u user:password https://acme.dev/"),
    ),
)
KINDS = (URL, CONNECTION, COMMAND, BASIC)

_HEADER = (
    rb"(?:authorization|proxy-authorization)[\"']?[ \t]{0,3}[:=,][ \t]{0,3}[\"']?basic[ \t]{1,3}"
    rb"(?P<secret>[A-Za-z0-9+/]{8,300}={0,2})(?![A-Za-z0-9+/=])"
)


_USER_ONLY = _CURL + rb"[\"']?(?P<secret>[^\s:\"'<>]{10,200}):(?=[\"'\s]|$)"


def _token_as_user(match: "re.Match[bytes]", _place: Place) -> bool:
    """Judge a user without a password: some services take a token there."""
    value = match["secret"]
    return looks_like_password(value) and turns(value) >= _LEAST_TURNS


def _basic_header(match: "re.Match[bytes]", _place: Place) -> bool:
    """Judge the value of a header: what it decodes to must be a user and a password."""
    try:
        decoded = b64decode(match["secret"] + b"==")
    except Error:
        return False
    user, colon, password = decoded.partition(b":")
    if not colon or not password or is_placeholder(password):
        return False
    return user.lower() != password.lower() and decoded.isascii()


RULES: tuple[Rule, ...] = (
    Rule(kind=URL, judge=_password, general=True),
    Rule(kind=CONNECTION, judge=_password, general=True),
    Rule(kind=COMMAND, judge=_password, general=True),
    Rule(kind=BASIC, judge=_password, general=True),
    Rule(
        kind=replace(BASIC, pattern=_HEADER, keywords=(b"basic",), folded=True),
        judge=_basic_header,
        general=True,
    ),
    Rule(kind=replace(BASIC, pattern=_USER_ONLY), judge=_token_as_user, general=True),
)
