"""
Find secrets by the name they are given: ``DB_PASSWORD=…``, ``"apiToken": "…"``, ``secret := "…"``.

Laws: the name must promise a secret (``names``); a value in quotes counts anywhere, a bare one only where the
line is one of a configuration, for in a program a bare word is another variable. What a machine
made must look like noise; a password must at least mix kinds of characters. Encrypted files and
values that only refer to a secret are left alone.
"""

import re

from msgspec.structs import replace

from pratique.model.finding import Confidence
from pratique.secrets.interface import Sample, SecretKind
from pratique.secrets.names import Secrecy, secrecy_of
from pratique.secrets.rule import Place, Rule
from pratique.secrets.values import entropy, is_hex, is_placeholder, is_uuid, turns

NAME = "named-values"
_REST = rb"[\w.-]{0,40}"
_PASSWORD = rb"(?P<name>(?:pass(?:w(?:or[dt]|d|rd)|phrase|code)?|pwd|psw)" + _REST + rb")"
_TOKEN = rb"(?P<name>(?:secret|token|auth|cred(?:ential)?s?|key)" + _REST + rb")"
_CLOSE = rb"[\"'`\])]{0,3}(?:[ \t]{0,3}:[ \t]{0,3}&?(?:'static )?[A-Za-z]\w{0,15}[?!]?|[ \t]string)?[ \t]{0,24}"
_SIGN = rb"(?P<sign>=>|:{1,3}=|\?=|\|\|=?|={1,3}|\+=|\.=|:|,|\(|>)[ \t]{0,8}\(?(?:[rbuf@]?\\?(?=[\"'`]))?"
_QUOTED = rb"[\"'`](?P<secret>[^\s\"'`]{%d,320})(?=\\{0,2}[\"'`])"
_BARE = rb"(?P<secret>[^\s\"'`<>{}()\[\]$%%#|&,;=][^\s\"'`<>{}()\[\]|,;]{%d,299})"
_NEXT_LINE = (
    rb"(?<![\w-])(?:name|key)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(?P<name>[\w.-]{0,48}?(?:pass|pwd|secret|token|auth|cred|key)"
    rb"[\w.-]{0,40})[\"']?,?\s{1,60}[\"']?value[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?(?P<secret>[^\s\"'<>]{6,300})"
)
_SQL = (
    rb"(?:identified[ \t]{1,4}by|(?<!\w)(?:old_)?password|identified[ \t]by[ \t]password)"
    rb"(?:[ \t]{1,8}|[ \t]{0,8}[(=][ \t]{0,4})'(?P<secret>[^'\s]{4,128})'"
)
_ENV = (
    rb"(?<!\w)(?:env|setenv)[ \t]{1,4}(?P<name>[\w.-]{0,48}?(?:pass|pwd|secret|token|auth|cred|key)[\w.-]{0,40})"
    rb"[ \t]{1,4}[\"']?(?P<secret>[^\s\"'<>$={}]{6,300})"
)
_REQUIRED = (
    rb"(?:(?<![\w-])|(?<=[ \t\"',]--))(?:requirepass|masterauth)[ \t]{1,4}[\"']?"
    rb"(?P<secret>[^\s\"'<>${}*][^\s\"'<>${}]{5,127})"
)
_ELEMENT = rb"<(?P<name>[\w.:-]{0,48}?(?:pass|pwd|secret|token|auth|key)[\w.-]{0,40})>\s{0,80}(?P<secret>[^\s<>\"'&]{6,300})\s{0,80}</"

_CODE = (
    ".py", ".pyi", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".go", ".java", ".kt", ".scala", ".rb",
    ".php", ".c", ".h", ".cc", ".cpp", ".hpp", ".cs", ".rs", ".swift", ".m", ".pl", ".pm", ".lua",
    ".ex", ".exs", ".erl", ".hrl", ".cl", ".cu", ".hs", ".ml", ".dart", ".r", ".jl", ".vue", ".svelte", ".html", ".htm",
    ".css", ".scss", ".map", ".md", ".rst", ".adoc", ".tex", ".1", ".3", ".5", ".7", ".8", ".po", ".pot",
)  # fmt: skip
_ENCRYPTED = re.compile(
    rb"SealedSecret|encryptedData|\bsops:|\"sops\"|ENC\[AES256_GCM|\$ANSIBLE_VAULT"
)
_BARE_HEAD = re.compile(
    rb"(?:^|[\r\n;&|{,(]|\\n)[ \t]*(?:[-+*#/]+[ \t]+|//|#)?(?:(?:export|set|setx|declare|local|readonly|ENV|ARG|env|-e|--env|--build-arg|"
    rb"RUN|SET|define|#\(nop\)|\d+)[ \t]+|[A-Z_0-9]+=\S*[ \t]+|-D|--)*[\"']?$"
)
_IDENTIFIER = re.compile(rb"[A-Za-z_][A-Za-z]*(?:[._-]+[A-Za-z]+)*\d{0,2}")
_PATH = re.compile(rb"(?:[.~]{0,2}/|[A-Za-z]:\\|\w+://|file:|classpath:|urn:)")
_CALL = re.compile(rb"[\w.]+\(|\w+\[|->|::|\)\.|=>|\+\+|&&|\|\|")
_VERSION = re.compile(rb"[vV^~<>=]*\d+(?:\.\d+)+[\w.+-]*")
_EXPRESSION = re.compile(
    rb"\[(?:\^|\\|[A-Za-z0-9]-[A-Za-z0-9])|\(\?|\\[dwsb]|\{\d+,?\d*\}|\.\*|\]\+"
)
_WORDY = re.compile(rb"[A-Za-z]{2,}")
_PAIR_OPENS = re.compile(rb"[({\[]\s?[\"'`]$")
_PAIR_CLOSES = re.compile(rb"\\?[\"'`]\s{0,2}[)}\]]")
_OPENS = re.compile(rb"api|auth|access|secret|bearer|private|passw", re.IGNORECASE)
_NAME_HEAD = re.compile(rb"[\w.$-]{1,48}$")
_LONGEST_HEAD = 48
_LOOK_BACK = 160
_SEALED_BACK = 2048
_LEAST_BITS = 2.3
_FOREIGN = re.compile(
    rb"\\u(?!00[0-7])[0-9A-Fa-f]{4}|&#\d{3,6};|&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]{2,8};"
)
"""A letter of another tongue as files of translations and pages write it."""
_HUMAN = rb"password|passwd|passwort|kennwort|wachtwoord|contrase|secret|token|enter|your|must|invalid|required|please|login"
_TALK = re.compile(_HUMAN, re.IGNORECASE)


def promises_password(match: "re.Match[bytes]", place: Place) -> bool:
    """Judge a match whose name must be a password's."""
    return secrecy_of(_name(match, place)) is Secrecy.PASSWORD and _stands(
        match, place, password=True
    )


def promises_token(match: "re.Match[bytes]", place: Place) -> bool:
    """Judge a match whose name must be a token's or a key's."""
    return secrecy_of(_name(match, place)) is Secrecy.TOKEN and _stands(
        match, place, password=False
    )


def looks_like_password(value: bytes) -> bool:
    """
    Return whether a value could be a password that somebody uses.

    >>> looks_like_password(b"0PNznJOr"), looks_like_password(b"db_password"), looks_like_password(b"12:30")
    (True, False, False)
    """
    value = _FOREIGN.sub(b"\xc3\xa9", value)
    if not 6 <= len(value) <= 256:
        return False
    if _IDENTIFIER.fullmatch(value) and turns(value) < 0.12:
        return False
    kinds = (
        any(65 <= c <= 90 for c in value),
        any(97 <= c <= 122 for c in value),
        any(48 <= c <= 57 for c in value),
        any(c < 128 and not chr(c).isalnum() for c in value),  # beyond: letters of other tongues
    )
    letters = kinds[0] or kinds[1]
    mixed = letters and (kinds[2] or sum(kinds) >= 3)
    if not mixed or _TALK.search(value) or entropy(value) < _LEAST_BITS:
        return False
    return not is_no_value(value) and not is_placeholder(value)


def looks_made(value: bytes) -> bool:
    """
    Return whether a value looks like noise that a machine made.

    >>> looks_made(b"b4d553bd39b8a7a0b6b174b02d30e139"), looks_made(b"projects/demo/latest-2")
    (True, False)
    """
    if (
        not 12 <= len(value) <= 512
        or _FOREIGN.search(value)
        or not (is_uuid(value) or _is_noisy(value))
    ):
        return False
    return not is_no_value(value) and not is_placeholder(value)


def _is_noisy(value: bytes) -> bool:
    bits, noise = entropy(value), turns(value)
    if is_hex(value):
        return len(value) >= 20 and bits >= 2.9 and any(chr(c).isalpha() for c in value)
    has_digit = any(48 <= c <= 57 for c in value)
    if len(value) < 16:
        return has_digit and bits >= 3.0 and noise >= 0.4
    if not has_digit:
        return len(value) >= 20 and bits >= 4.0 and noise >= 0.3
    return bits >= 3.3 and noise >= 0.22


def is_no_value(value: bytes) -> bool:
    """Return whether a value is a path, a call, a version or an expression."""
    return bool(
        _PATH.match(value)
        or _CALL.search(value)
        or _VERSION.fullmatch(value)
        or _EXPRESSION.search(value)
        or (value.count(b"/") > 2 and not any(48 <= c <= 57 for c in value))
    )


def _stands(match: "re.Match[bytes]", place: Place, *, password: bool) -> bool:
    value = match["secret"]
    if not (looks_like_password(value) if password else looks_made(value)):
        return False
    if is_uuid(value) and not _OPENS.search(_name(match, place)):
        return False  # most are mere numbers
    back = place.text[max(0, match.start() - _SEALED_BACK) : match.start()]
    return not _ENCRYPTED.search(back)


def _name(match: "re.Match[bytes]", place: Place) -> bytes:
    """Return the whole name: a match begins at the word in it that promises a secret."""
    start = match.start("name")
    head = _NAME_HEAD.search(place.text, max(0, start - _LONGEST_HEAD), start)
    return (head[0] if head else b"") + match["name"]


def _bare(match: "re.Match[bytes]", place: Place) -> bool:
    """Return whether a value without quotes stands where bare values are values."""
    if match["sign"] in (b",", b"(", b"||", b"==", b">"):
        return False
    start = match.start() - (len(_name(match, place)) - len(match["name"]))
    head = place.text[max(0, start - _LOOK_BACK) : start]
    tail = place.text[match.end() : match.end() + 80]
    if _BARE_HEAD.search(head) is None:
        return False
    # Words that go on behind the value make a sentence, not an assignment, unless of a shell.
    rest = tail.split(b"\n", 1)[0].strip()
    close = match.start("secret") - match.start("sign") == 1 and match["sign"] == b"="
    return not rest or rest[:1] in b"#;,&\"'}|\\" or close


def _bare_password(match: "re.Match[bytes]", place: Place) -> bool:
    return _bare(match, place) and promises_password(match, place)


def _bare_token(match: "re.Match[bytes]", place: Place) -> bool:
    return _bare(match, place) and promises_token(match, place)


def _quoted(match: "re.Match[bytes]", place: Place) -> bool:
    """Return whether a quoted value is one: of two in brackets, the first must be its quoted name."""
    sign = match["sign"]
    if sign != b",":
        return sign not in (b"(", b">", b"==", b"===", b"||")
    start = match.start() - (len(_name(match, place)) - len(match["name"]))
    before, after = place.text[max(0, start - 4) : start], place.text[match.end() : match.end() + 4]
    return _PAIR_OPENS.search(before) is not None and _PAIR_CLOSES.match(after) is not None


def _quoted_password(match: "re.Match[bytes]", place: Place) -> bool:
    return _quoted(match, place) and promises_password(match, place)


def _quoted_token(match: "re.Match[bytes]", place: Place) -> bool:
    return _quoted(match, place) and promises_token(match, place)


def _is_password(match: "re.Match[bytes]", _place: Place) -> bool:
    return looks_like_password(match["secret"])


def _is_noise(match: "re.Match[bytes]", _place: Place) -> bool:
    name, value = match["name"], match["secret"]
    # A name that would make a key something else also makes this no secret.
    secret = secrecy_of(b"my_key_" + name) is not Secrecy.NONE
    return secret and not is_hex(value) and turns(value) >= 0.35 and not is_placeholder(value)


def _noise(seed: int) -> str:
    """Return noise that is the same on every run and stands nowhere."""
    letters = "kR7vQ2mX9pLw4TzB8cN5hJ3dF6gS1yA0"
    return "".join(letters[(seed * 7 + n * (n + 3)) % 32] for n in range(24))


_ROTATE = "Change it where it is used, and take it from the environment or a secret store."
_PASSWORD_WORDS = (b"pass", b"pwd", b"psw")
_TOKEN_WORDS = (b"secret", b"token", b"auth", b"cred", b"key")
_LEFT = _CLOSE + _SIGN

PASSWORD = SecretKind(
    id="password",
    title="Password in an assignment",
    pattern=_PASSWORD + _LEFT + _QUOTED % 6,
    keywords=_PASSWORD_WORDS,
    confidence=Confidence.MEDIUM,
    folded=True,
    placeholders_allowed=True,  # the judges ask, after what costs less
    rotate=_ROTATE,
    true=(
        Sample(make=lambda: f'db_password = "{_noise(1)[:14]}"'),
        Sample(
            make=lambda: f'DATABASES = {{"PASSWORD": "{_noise(2)[:16]}"}}', path="a/settings.py"
        ),
        Sample(make=lambda: f"DB_PASSWORD={_noise(6)[:12]}"),
        Sample(make=lambda: f"  password: {_noise(7)[:14]}", path="application.yml"),
        Sample(make=lambda: f"- name: DB_PASSWORD\n  value: {_noise(11)[:16]}", line=2),
        Sample(make=lambda: f"ALTER USER app WITH PASSWORD '{_noise(14)[:14]}';"),
        Sample(make=lambda: f"CREATE USER a IDENTIFIED BY '{_noise(15)[:12]}';"),
        Sample(make=lambda: f"<password>{_noise(16)[:14]}</password>"),
    ),
    false=(
        Sample(make=lambda: '"password": "Password must be at least 12 characters"'),
        Sample(make=lambda: 'PASSWORD_FILE = "/run/secrets/db9"'),
        Sample(make=lambda: 'password = "${DB_PASSWORD_1}"'),
        Sample(make=lambda: "password = password1"),
        Sample(make=lambda: f"password = get{_noise(8)[:9]}()", path="src/a.py"),
        Sample(make=lambda: "- name: DB_PASSWORD\n  value: $(OTHER_PASSWORD1)"),
        Sample(make=lambda: "CREATE USER a IDENTIFIED BY 'password';"),
        Sample(make=lambda: "<password>${env.PASSWORD}</password>"),
    ),
)
TOKEN = SecretKind(
    id="generic-api-token",
    title="Token or key in an assignment",
    pattern=_TOKEN + _LEFT + _QUOTED % 12,
    keywords=_TOKEN_WORDS,
    confidence=Confidence.MEDIUM,
    folded=True,
    placeholders_allowed=True,  # the judges ask, after what costs less
    aliases=("generic-api-key",),
    rotate=_ROTATE,
    true=(
        Sample(make=lambda: f'const defaultToken = "{_noise(3)}"', path="src/client.go"),
        Sample(make=lambda: f"'client_secret' => '{_noise(4)}',"),
        Sample(make=lambda: f"export API_KEY={_noise(9)}"),
        Sample(make=lambda: f"ENV SESSION_SECRET={_noise(10)}", path="Dockerfile"),
        Sample(make=lambda: f'<add key="ApiToken" value="{_noise(12)}" />'),
        Sample(make=lambda: f"<apiToken>\n  {_noise(17)}\n</apiToken>", line=2),
    ),
    false=(
        Sample(
            make=lambda: 'const secretName = "projects/demo/secrets/db-password/versions/latest"'
        ),
        Sample(make=lambda: f'public_key = "{_noise(5)}"'),
        Sample(make=lambda: 'TOKEN_RE = r"abc_[0-9a-zA-Z]{36}"'),
        Sample(make=lambda: "API_KEY=<your-api-key-goes-here>"),
        Sample(make=lambda: "token: some.lower.words.of.a.program"),
        Sample(make=lambda: f"- name: KEY_ID\n  value: {_noise(13)}"),
        Sample(make=lambda: f"<UserSecretsId>{_noise(18)}</UserSecretsId>"),
    ),
)
ENTROPY = SecretKind(
    id="high-entropy-string",
    title="Long random value in an environment file",
    pattern=rb"(?<![\w.-])(?:export[ \t]{1,4})?(?P<name>[A-Za-z_]\w{1,60})="
    rb"[\"']?(?P<secret>[\w+/-]{32,200}={0,2})[\"']?(?=\s|$)",
    keywords=(b"=",),
    confidence=Confidence.LOW,
    entropy=4.4,
    paths=("*.env", ".env*", "env"),
    rotate=_ROTATE,
    true=(
        Sample(make=lambda: f"session={_noise(19)}{_noise(20)}", path="app/.env"),
        Sample(make=lambda: f"PEPPER={_noise(21)}{_noise(22)}", path="prod.env"),
    ),
    false=(
        Sample(make=lambda: f"session={_noise(19)}{_noise(20)}", path="app/page.html"),
        Sample(make=lambda: f"CHECKSUM_ID={'0123456789abcdef' * 4}", path="app/.env"),
    ),
)
KINDS = (PASSWORD, TOKEN, ENTROPY)


def _also(kind: SecretKind, pattern: bytes, *keywords: bytes) -> SecretKind:
    """Return a kind as it is found in another form of assignment."""
    return replace(kind, pattern=pattern, keywords=keywords)


RULES: tuple[Rule, ...] = (
    Rule(kind=PASSWORD, judge=_quoted_password, general=True),
    Rule(kind=TOKEN, judge=_quoted_token, general=True),
    Rule(
        kind=_also(
            PASSWORD,
            _PASSWORD + _LEFT + _BARE % 5,
            *_PASSWORD_WORDS,
        ),
        judge=_bare_password,
        general=True,
        not_in=_CODE,
    ),
    Rule(
        kind=_also(TOKEN, _TOKEN + _LEFT + _BARE % 11, *_TOKEN_WORDS),
        judge=_bare_token,
        general=True,
        not_in=_CODE,
    ),
    Rule(kind=_also(PASSWORD, _NEXT_LINE, b"value"), judge=promises_password, general=True),
    Rule(kind=_also(TOKEN, _NEXT_LINE, b"value"), judge=promises_token, general=True),
    Rule(kind=_also(PASSWORD, _SQL, b"password", b"identified"), judge=_is_password, general=True),
    Rule(kind=_also(PASSWORD, _ENV, b"env"), judge=promises_password, general=True),
    Rule(kind=_also(TOKEN, _ENV, b"env"), judge=promises_token, general=True),
    Rule(
        kind=_also(PASSWORD, _REQUIRED, b"requirepass", b"masterauth"),
        judge=_is_password,
        general=True,
    ),
    Rule(kind=_also(PASSWORD, _ELEMENT, b"</"), judge=promises_password, general=True),
    Rule(kind=_also(TOKEN, _ELEMENT, b"</"), judge=promises_token, general=True),
    Rule(kind=ENTROPY, judge=_is_noise, general=True),
)
