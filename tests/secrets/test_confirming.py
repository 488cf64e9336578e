"""Laws: a match is confirmed by what its kind asks; of hits that overlap one stays."""

import pytest
from msgspec.structs import replace

from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.secrets._fallback import Fallback
from pratique.secrets.confirming import NEAR_BYTES, Confirmation
from pratique.secrets.interface import SecretKind
from pratique.secrets.rule import Rule
from pratique.secrets.windows import Window

KIND = SecretKind(
    id="k", title="k", pattern=rb"k=(?P<secret>\w{4,9})", keywords=(b"k=",), true=(), false=()
)


def hits(kind, text, path="a.txt", **more):
    rules = (Rule(kind=kind, **more),)
    confirmation = Confirmation(rules, path)
    window = Window(text, 0, len(text), 0, 1)
    return confirmation.hits(window, Fallback(rules).regions(text)) + confirmation.last()


def test_the_entropy_is_asked():
    kind = replace(KIND, entropy=2.0)
    assert [hit.value for hit in hits(kind, b"k=qqqp k=wZx9")] == [b"wZx9"]


def test_a_word_must_stand_near_before():
    kind = replace(KIND, near=(b"acme",))
    far = b" " * NEAR_BYTES
    assert [hit.start for hit in hits(kind, b"Acme k=wZx9")] == [7]
    assert hits(kind, b"Acme" + far + b"k=wZx9") == []
    assert hits(kind, b"k=wZx9 Acme") == []


def test_a_check_decides():
    kind = replace(KIND, check=lambda value: value.endswith(b"9"), confidence=Confidence.LOW)
    assert [(h.value, h.confidence) for h in hits(kind, b"k=wZx8 k=wZx9")] == [(b"wZx9", "low")]


@pytest.mark.parametrize(("value", "confidence"), [(b"wZx9", "high"), (b"wZx8", "low")])
def test_a_proof_says_how_sure(value, confidence):
    kind = replace(KIND, proof=lambda one: one.endswith(b"9"))
    assert [hit.confidence for hit in hits(kind, b"k=" + value)] == [confidence]


@pytest.mark.parametrize(
    ("path", "special", "general"),
    [
        ("srv/app/config.py", "high", "high"),
        ("srv/app/docs/config.py", "high", "low"),
        ("usr/lib/python3.11/site-packages/shop/config.py", "high", "low"),
        ("usr/lib/python3.11/site-packages/a-1.dist-info/METADATA", "low", "low"),
        ("srv/app/node_modules/url/test.js", "low", "low"),
        ("srv/app/node_modules/aws-sdk/clients/datasync.d.ts", "low", "low"),
        ("usr/share/man/de/man5/apt_auth.conf.5.gz/apt_auth.conf.5", "low", "low"),
        ("usr/share/doc/gpgv/changelog.gz/changelog", "low", "low"),
        ("usr/local/cargo/registry/src/a-1.0/tests/key.rs", "low", "low"),
        ("root/go/pkg/mod/github.com/a/b@v1.2.3/b_test.go", "low", "low"),
        ("usr/share/gocode/src/github.com/a/b/b.go", "high", "low"),
        ("srv/vendor/acme/hash/tests/a.php", "low", "low"),
        ("srv/vendor/settings.php", "high", "high"),
        ("etc/app/config.inc.php.dist", "high", "low"),
    ],
)
def test_what_published_packages_show_for_show_is_doubtful(path, special, general):
    """A kind that says by itself what it is stays sure in code, wherever it is installed."""
    found = [hits(KIND, b"k=wZx9", path, general=is_general) for is_general in (False, True)]
    assert [hit.confidence for (hit,) in found] == [special, general]


@pytest.mark.parametrize(
    ("line", "confidence"),
    [
        (b"/**\n *   k=wZx9", "low"),
        (b"*/\nk=wZx9", "high"),
        (b"* * * * * k=wZx9 backup", "high"),
        (b"*/5 1 * * * k=wZx9 backup", "high"),
        (b" * 2 k=wZx9", "high"),
    ],
)
def test_what_describes_a_function_shows_how_it_is_used(line, confidence):
    """Of general kinds; what says by itself what it is stays sure, and so does a crontab."""
    (general,), (special,) = (
        hits(KIND, line, "srv/a.php", general=is_general) for is_general in (True, False)
    )
    assert [general.confidence, special.confidence] == [confidence, "high"]


@pytest.mark.parametrize(
    ("more", "confidence"),
    [
        ({}, "high"),
        ({"confidence": Confidence.MEDIUM}, "low"),
        ({"severity": Severity.MEDIUM}, "low"),
    ],
)
def test_only_grave_and_plain_kinds_are_sure_in_published_packages(more, confidence):
    """What guesses at a name, or opens little, is mostly an example there."""
    (hit,) = hits(replace(KIND, **more), b"k=wZx9", "usr/lib/python3/dist-packages/a/b.py")
    assert hit.confidence == confidence


@pytest.mark.parametrize(
    "path", ["apt_auth.conf.5", "x.3pm", "srv/README.md", "test-summary-amd64"]
)
def test_a_guess_is_doubtful_where_things_are_shown(path):
    kind = replace(KIND, confidence=Confidence.MEDIUM)
    assert [hit.confidence for hit in hits(kind, b"k=wZx9", path)] == ["low"]


def test_what_everybody_has_is_no_secret():
    """The password of all anonymous users, in a comment of Apache's default settings."""
    kind = replace(KIND, pattern=rb"k=(?P<secret>\w{4,20})")
    assert hits(kind, b"k=" + b"xxj31ZM" + b"TZzkVA") == []


def test_a_key_that_an_installation_made_is_not_sure():
    path = "etc/ssl/private/ssl-cert-snakeoil.key"
    assert [hit.confidence for hit in hits(KIND, b"k=wZx9", path)] == ["medium"]


@pytest.mark.parametrize(("length", "found"), [(43, 0), (42, 1), (50, 1), (86, 0)])
def test_a_piece_of_a_checksum_is_no_secret(length, found):
    """As RECORD and lockfiles hold it; a value that is no checksum's length is looked at."""
    kind = replace(KIND, pattern=rb"fw_(?P<secret>\w{8,40})", keywords=(b"fw_",))
    record = b"a.py,sha256=" + (b"Qx-fw_" + b"a9Z" * 40)[:length] + b",120"
    assert len(hits(kind, record)) == found
    assert len(hits(kind, record.replace(b"sha256=", b"key="))) == 1


def test_a_right_checksum_is_sure_in_documentation_too():
    kind = replace(KIND, proof=lambda one: True)
    assert [hit.confidence for hit in hits(kind, b"k=wZx9", "gems/x/README.md")] == ["high"]


def test_placeholders_are_no_secrets_unless_the_kind_says_so():
    assert hits(KIND, b"k=changeme") == []
    assert len(hits(replace(KIND, placeholders_allowed=True), b"k=changeme")) == 1


def test_endings_of_paths_are_left_out():
    assert hits(KIND, b"k=wZx9", "a/B.PY", not_in=(".py",)) == []


def test_a_hit_does_not_tell_its_value():
    (hit,) = hits(KIND, b"k=wZx9")
    assert "wZx9" not in repr(hit)
