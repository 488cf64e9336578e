"""Laws: each credential once and at its line, whatever the size and the encoding of the text."""

import hashlib
import subprocess
import sys
from functools import cache

import pytest

from pratique.model.errors import LimitExceeded
from pratique.secrets import assignments, connections
from pratique.secrets.scanner import MAX_SPOTS, SecretScanner
from pratique.secrets.windows import AHEAD, BACK, STEP
from tests.secrets.noise import TextFile, noise


@cache
def scanner(**options):
    return SecretScanner((*assignments.RULES, *connections.RULES), **options)


def seen(data, path="app/settings.conf", **options):
    return list(scanner(**options).scan(TextFile(path, data)))


@pytest.mark.parametrize(
    "place", [0, 70, STEP - AHEAD, STEP - AHEAD - 20, STEP - BACK, STEP, 3 * STEP]
)
def test_a_secret_is_told_once_at_its_line_wherever_it_stands(place):
    value = noise(20)
    filler = b"plain words of a line\n" * (place // 22 + 1)
    spots = seen(filler + b"DB_PASSWORD=" + value.encode() + b"\n" + filler)
    assert [(spot.rule, spot.line) for spot in spots] == [("password", place // 22 + 2)]


def test_two_secrets_of_a_long_file_are_both_told():
    first, second = noise(20, 1), noise(20, 2)
    text = f"DB_PASSWORD={first}\n" + "x\n" * STEP + f"DB_PASSWORD={second}\n"
    assert [spot.line for spot in seen(text.encode())] == [1, STEP + 2]


def test_one_endless_line_is_read_too():
    text = b"a" * (2 * STEP) + b" DB_PASSWORD='" + noise(16).encode() + b"' " + b"a" * STEP
    assert [spot.line for spot in seen(text)] == [1]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_by_its_mark(encoding):
    text = f"\ufeffwörds\r\nDB_PASSWORD={noise(16)}\r\n".lstrip(
        "\ufeff" if encoding == "utf-16" else ""
    )
    data = text.encode(encoding)
    assert scanner().wants("a.txt", data[:512], len(data))
    assert [spot.line for spot in seen(data)] == [2]


def test_a_binary_is_left_alone_unless_asked_for():
    data = b"\x7fELF\0\0\0" + f"DB_PASSWORD={noise(16)}".encode() + b"\0\0"
    assert not scanner().wants("bin/app", data[:512], len(data))
    assert scanner(binaries=True).wants("bin/app", data[:512], len(data))
    assert [(s.rule, s.line) for s in seen(data, "bin/app", binaries=True)] == [("password", 0)]


def test_an_empty_file_is_not_wanted():
    assert not scanner().wants("a", b"", 0)


@pytest.mark.parametrize("word", ["pratique:allow", "gitleaks:allow"])
def test_a_comment_lets_a_line_stand(word):
    line = f"DB_PASSWORD={noise(16)}"
    assert not seen(f"{line} # {word}\n".encode(), heeding=True)
    assert [spot.line for spot in seen(f"# {word}\n{line}\n".encode(), heeding=True)] == [2]


@pytest.mark.parametrize("word", ["pratique:allow", "gitleaks:allow"])
def test_an_image_cannot_let_its_own_secrets_stand(word):
    """A comment counts only for who trusts the author of the files, and says so."""
    line = f"DB_PASSWORD={noise(16)} # {word}\n"
    assert [spot.rule for spot in seen(line.encode())] == ["password"]
    assert scanner().version != scanner(heeding=True).version


def test_the_digest_is_of_the_value_and_the_value_is_masked():
    value = noise(24)
    (spot,) = seen(f'api_token = "{value}"'.encode())
    assert spot.digest == hashlib.sha256(value.encode()).hexdigest()
    assert spot.shown == f"{value[:4]}… (24 characters)"


def test_a_file_full_of_secrets_is_told_to_be_too_much():
    text = "".join(f"DB_PASSWORD={noise(16, n)}\n" for n in range(MAX_SPOTS + 1))
    found = scanner().scan(TextFile("a.conf", text.encode()))
    assert [next(found).line for _ in range(MAX_SPOTS)][-1] == MAX_SPOTS
    with pytest.raises(LimitExceeded):
        next(found)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("PASSWORD=" + "hunter2", ["password"]),
        ("/bin/sh -c #(nop)  ENV DB_PASS=" + "plain-word A=b", ["password"]),
        ('LABEL build.password="' + 'tiger"', ["password"]),
        ("API_TOKEN=" + "abcd-efgh-ijkl-12", ["generic-api-token"]),
        ("PASSWORD=changeme", []),
        ("PASSWORD=${PASSWORD}", []),
        ("PASSWORD_FILE=/run/secrets/x", []),
        ("PASSWORD=", []),
        ("MYSQL_ALLOW_EMPTY_PASSWORD=yes", []),
        ("GPG_KEY=" + "E3FF2839C048B25C084DEBE9B26995E310250568", []),
        ("KEYCLOAK_VERSION=26.0.1-12345678", []),
        ("SSH_AUTH_SOCK=/tmp/agent.1234567", []),
    ],
)
def test_a_setting_of_the_image_counts_however_plain(text, rules):
    assert [spot.rule for spot in scanner().scan_text("ENV", text.encode())] == rules


def test_a_setting_that_both_ways_find_is_told_once():
    assert len(list(scanner().scan_text("ENV", f"DB_PASSWORD={noise(20)}".encode()))) == 1


def test_the_version_changes_with_the_rules_and_with_the_choice_of_files():
    few = SecretScanner(assignments.RULES)
    assert len({few.version, scanner().version, scanner(binaries=True).version}) == 3


def test_no_file_is_opened_after_prepare():
    """The worker that reads a layer may open none; a process of its own, for a hook stays for good."""
    code = (
        "import sys\n"
        "from pratique.secrets.key_stores import KINDS as STORES\n"
        "from pratique.secrets.rules import all_kinds\n"
        "from pratique.secrets.scanner import SecretScanner\n"
        "from tests.secrets.noise import TextFile, noise\n"
        "scanner = SecretScanner(engine='keywords')\n"
        "scanner.prepare()\n"
        "kinds = [kind for kind in all_kinds() if kind not in STORES]\n"
        "files = [TextFile(s.path, s.make().encode()) for k in kinds for s in k.true]\n"
        "files.append(TextFile('a', f'DB_PASSWORD={noise(16)}'.encode('utf-16')))\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(args) if event == 'open' else None)\n"
        "found = [spot for file in files for spot in scanner.scan(file)]\n"
        "sys.exit(str(opened[:3]) if opened or len(found) < len(files) else 0)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_text_of_thousands_of_settings_is_looked_through_once():
    """Each value once, each at its line, none shown; the work is that of the text's length."""
    texts = [f"A{n}_PASSWORD=" + f"kR7v{n}Q2m" for n in range(3_000)]
    spots = list(scanner().scan_text("ENV", "\n".join(texts).encode()))
    shown = scanner().masked("ENV", "\n".join(texts).encode()).decode()
    assert sorted({spot.line for spot in spots}) == list(range(1, 3_001))
    assert len(spots) == 3_000
    assert not any(text.partition("=")[2] in shown for text in texts)


def test_a_value_is_masked_where_nothing_tells_what_it_is():
    value = noise(20)
    shown = scanner().masked("step", f"DB_PASSWORD={value} run {value}".encode()).decode()
    assert value not in shown
    assert shown.count("…") == 2
