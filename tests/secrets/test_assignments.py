"""Laws: names promise, values must keep it; what only refers to a secret is none. Also for connections."""

from hashlib import sha256

import pytest

from pratique.secrets import assignments, connections
from pratique.secrets.scanner import SecretScanner
from tests.secrets.noise import TextFile, noise

KINDS = (*assignments.KINDS, *connections.KINDS)
SCANNER = SecretScanner((*assignments.RULES, *connections.RULES))


def rules_of(text, path="app/settings.conf"):
    return [(spot.rule, spot.line) for spot in SCANNER.scan(TextFile(path, text.encode()))]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_samples_are_told_apart(kind):
    for sample in kind.true:
        assert (kind.id, sample.line) in rules_of(sample.make(), sample.path), sample.make()
    for sample in kind.false:
        assert rules_of(sample.make(), sample.path) == [], sample.make()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.properties", "spring.datasource.password={}"),
        ("a.yml", "  rabbitmq_password: '{}'"),
        ("a.py", 'connect(host="db", password="{}")'),
        ("a.js", "password: '{}',"),
        ("a.php", "define('DB_PASSWORD', '{}');"),
        ("a.rs", 'let secret: &str = "{}{}";'),
        ("Dockerfile", "ENV DB_PASSWORD {}"),
        ("compose.yaml", "      - POSTGRES_PASSWORD={}"),
        ("a.sql", "SET PASSWORD FOR 'a'@'b' = PASSWORD('{}');"),
        ("a.sh", "PGPASSWORD={} psql -h x"),
        ("a.conf", "requirepass {}"),
        ("a.sh", "exec redis-server --requirepass {} --port 6380"),
        ("compose.json", '"command": ["redis-server", "--requirepass {}"]'),
        ("a.php", "$password = 'Müßig{}';"),
        ("a.sh", "curl -k https://acme.dev/x \\\n  -u ci:{}"),
        ("a.sh", "sshpass -p '{}' ssh a@b"),
        ("a.yaml", '- name: API_TOKEN\n  value: "{}{}"'),
        ("a.json", '{{"auth": {{"token": "{}{}"}}}}'),
    ],
)
def test_every_usual_way_to_write_one_is_known(path, text):
    assert len(rules_of(text.format(noise(14, 3), noise(14, 4)), path)) == 1


@pytest.mark.parametrize("text", ["password={}", "password=b'{}'", "password=f{}", "password: r{}"])
def test_a_value_keeps_its_first_letter(text):
    """Only before a quote is it the sign of a kind of string; the mask and the mark are of the value."""
    value = text.replace("b'{}'", "{}").format(noise(14)).removeprefix("password").lstrip("=: ")
    (spot,) = SCANNER.scan(TextFile("a.properties", text.format(noise(14)).encode()))
    assert spot.digest == sha256(value.encode()).hexdigest()


def test_words_behind_a_value_are_of_a_shell():
    """Where nothing stands between the name, the sign and the value."""
    assert rules_of("PGPASSWORD=Tq81-pxv7zz psql -h x", "a.sh") == [("password", 1)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", 'token = request.headers["X-Token-1"]'),
        ("a.py", "api_key = settings.API_KEY_2"),
        ("a.c", '{ "password", required_argument, NULL, 1002 },'),
        ("a.py", 'MovedAttribute("HTTPPasswordMgr", "urllib2", "urllib.request"),'),
        ("a.js", "t.password=e.password2;"),
        ("a.yml", "passwordSecretRef: db-secret-1"),
        ("a.conf", "#password_encryption = scram-sha-256\t# or md5"),
        ("a.env", "TOKEN=$(cat /run/token1)"),
        ("a.env", "PASSWORD=********"),
        ("a.env", "API_KEY=0000000000000000000000000000"),
        ("a.tf", "password = random_password.db1.result"),
        ("a.sh", "OLDPWD=/var/lib/a1b2"),
        ("a.yml", "password: ENC[AES256_GCM,data:{}]"),
        ("a.yml", "kind: SealedSecret\nspec:\n  encryptedData:\n    password: {}{}"),
        ("a.json", '"csrfToken": "{}{}"'),
        ("a.json", '"RequestToken": "20999d87-e304-4725-ad84-832dcbfd7fc5"'),
        ("a.yml", "image: repo/token-service@sha256:{}"),
        ("a.cs", "PublicKeyToken=b77a5c561934e089"),
        ("a.log", "token=[REDACTED]"),
        ("lang.php", "$lang['pass'] = 'Contraseña'; $lang['user_pass'] = 'StaðgengilsAðgangsorð';"),
        ("a.go", 'MasterAuth *MasterAuthOf1 `json:"masterAuth,omitempty"`'),
        ("a.hrl", "newPasswd = asn1_NOVALUE"),
        ("ro.php", "'Password' => 'Parol&#259;', 'Secret pass' => 'Contrase&ntilde;a',"),
        ("a.properties", "x.getPassword=Excepci\\u00f3n recuperando"),
        ("a.properties", "x.notToken=\\ud5c8\\uc6a9\\ub418\\uc9c0"),
        ("a.ini", "password = Tq81-pxv7zz is what the manual says"),
        ("a.php", "'userPassword' => 'urn:oid:2.5.4.35'; $password = '{SHA512-CRYPT.B64}';"),
        ("a.php", "$dummyPassword = '_form_{}';"),
        ("a.md", "docker login -u ci --password-stdin"),
        ("a.html", "abc://user:pass@example.com/ https://abc:123@example.com/"),
    ],
)
def test_what_only_looks_like_one_is_left_alone(path, text):
    assert rules_of(text.replace("{}", noise(14, 5)), path) == []


def test_a_general_kind_is_less_sure_where_things_are_shown():
    text = f'password = "{noise(14)}"'.encode()
    sure, unsure = (
        next(iter(SCANNER.scan(TextFile(path, text)))).confidence
        for path in ("app/settings.py", "docs/settings.py")
    )
    assert (sure, unsure) == ("medium", "low")
