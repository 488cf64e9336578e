"""What Helm rendered is split by template, and its lines are found again."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.kubernetes.rendered import split_rendered, template_line

TEMPLATE = [
    "kind: Pod",
    "metadata:",
    "  name: {{ .n }}",
    "spec:",
    "  {{- range .c }}",
    "  - name: a",
    "  {{- end }}",
]
RENDERED = ["# Source: x/templates/a.yaml", "kind: Pod", "metadata:", "  name: shop", "spec:", "  - name: a", "  - name: b"]  # fmt: skip


def test_pieces() -> None:
    """Two documents of one template are one piece; what names no template is none."""
    text = b"note\n---\n# Source: c/templates/a.yaml\na: 1\n---\n# Source: c/charts/d/templates/b.yaml\nb: 1\n---\n# Source: c/templates/a.yaml\na: 2\n"

    assert [(one.path, one.content.count(b"a: ")) for one in split_rendered(text)] == [
        ("templates/a.yaml", 2),
        ("charts/d/templates/b.yaml", 0),
    ]


def test_lines() -> None:
    """The line itself where it stands once, else the nearest known above, else none."""
    found = [template_line(RENDERED, line, TEMPLATE) for line in range(1, 8)]

    assert found == [0, 1, 2, 2, 4, 6, 6]
    assert template_line(RENDERED, 99, []) == 0


@given(st.binary(max_size=100))
def test_anything_may_be_split(content: bytes) -> None:
    """No bytes are made up."""
    assert all(one.content for one in split_rendered(b"---\n# Source: a/b\n" + content))
