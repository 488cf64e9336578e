import msgspec

from pratique.formats import trivy_report as trivy


def test_names_are_trivys_own():
    """Initials stay capitals, as the types in Go have them."""
    layer = trivy.Layer(size=1, digest="sha256:0", diff_id="sha256:1", created_by="RUN x")
    assert msgspec.to_builtins(layer) == {
        "Size": 1,
        "Digest": "sha256:0",
        "DiffID": "sha256:1",
        "CreatedBy": "RUN x",
    }


def test_what_is_unset_is_left_out():
    """An absent field is no empty one."""
    assert msgspec.to_builtins(trivy.Cvss(v3_score=5.0)) == {"V3Score": 5.0}
    assert msgspec.to_builtins(trivy.Code(None)) == {"Lines": None}
