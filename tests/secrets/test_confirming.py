"""Laws: a match is confirmed by what its kind asks; of hits that overlap one stays."""

import pytest
from msgspec.structs import replace

from pratique.model.finding import Confidence
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


def test_placeholders_are_no_secrets_unless_the_kind_says_so():
    assert hits(KIND, b"k=changeme") == []
    assert len(hits(replace(KIND, placeholders_allowed=True), b"k=changeme")) == 1


def test_endings_of_paths_are_left_out():
    assert hits(KIND, b"k=wZx9", "a/B.PY", not_in=(".py",)) == []


def test_a_hit_does_not_tell_its_value():
    (hit,) = hits(KIND, b"k=wZx9")
    assert "wZx9" not in repr(hit)
