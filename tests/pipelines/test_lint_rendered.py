"""Findings in rendered manifests are told in the files that people wrote."""

from pathlib import Path

from pratique.pipelines.lint_kubernetes import Neighbours, checks
from pratique.pipelines.lint_rendered import Renderer
from pratique.pipelines.render_manifests import Rendered

TEMPLATE = b"""\
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  {{- if .Values.host }}
  hostPID: true
  {{- end }}
  containers:
  - name: web
    image: {{ .Values.image }}
"""
MADE = b"""\
---
# Source: shop/templates/pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: release-name
spec:
  hostPID: true
  containers:
  - name: web
    image: nginx:latest
"""
WANTED = checks(pedantic=False)
PLAIN = b"apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostPID: true\n  containers: [{name: c, image: nginx}]\n"


def chart(folder: Path) -> Path:
    """Write a chart and return its template."""
    (folder / "templates").mkdir()
    (folder / "Chart.yaml").write_text("name: shop\n")
    place = folder / "templates/pod.yaml"
    place.write_bytes(TEMPLATE)
    return place


def renderer(made: Rendered, *files: tuple[str, bytes]) -> Renderer:
    """Return a renderer whose tools make this."""
    return Renderer(Neighbours(files, WANTED), lambda _: made, lambda _: made)


def test_lines_of_the_template(tmp_path: Path) -> None:
    """A line that stands in the template is told there, another at the nearest above it."""
    place = chart(tmp_path)
    look = renderer(Rendered(tool="helm", content=MADE)).look_for(place, "pod.yaml")
    found = {hit.finding.rule: hit.finding for hit in look(TEMPLATE).hits}

    assert found["host-pid-pod"].line == 7
    assert found["floating-pod-image"].line == 10
    assert found["host-pid-pod"].location == "pod.yaml"
    assert "as rendered by helm" in found["host-pid-pod"].description
    assert not any(hit.fault.edits for hit in look(TEMPLATE).hits)


def test_a_chart_that_is_not_rendered(tmp_path: Path) -> None:
    """Is an Unknown with the reason, and nothing is told as if it were sound."""
    place = chart(tmp_path)
    for made, reason in (
        (Rendered(tool="helm", problem="helm is not installed"), "helm is not installed"),
        (Rendered(tool="helm", content=b""), "makes nothing"),
    ):
        looked = renderer(made).look_for(place, "pod.yaml")(TEMPLATE)
        assert looked.hits == ()
        assert reason in looked.unknowns[0].reason


def test_a_template_without_actions_is_a_manifest(tmp_path: Path) -> None:
    """It is looked at as it stands, with its fixes."""
    place = chart(tmp_path)
    looked = renderer(Rendered(tool="helm", problem="no")).look_for(place, "pod.yaml")(PLAIN)

    assert any(hit.fault.edits for hit in looked.hits)
    assert looked.unknowns == ()


def test_a_kustomization_tells_what_is_new(tmp_path: Path) -> None:
    """What the plain manifest shows is not told again; what the overlay adds is."""
    base = PLAIN.replace(b"  hostPID: true\n", b"")
    made = Rendered(tool="kustomize", content=PLAIN)
    look = renderer(made, ("a.yaml", base)).look_for(
        tmp_path / "kustomization.yaml", "kustomization.yaml"
    )
    found = look(b"resources: [a.yaml]\n")

    assert [(hit.finding.rule, hit.finding.line) for hit in found.hits] == [("host-pid-pod", 1)]


def test_patches_are_no_objects(tmp_path: Path) -> None:
    """A file that a kustomization uses as a patch is judged only where it is built in."""
    (tmp_path / "kustomization.yaml").write_text("patches:\n- path: patch.yaml\n")
    built = renderer(Rendered(tool="kustomize"))

    assert built.look_for(tmp_path / "patch.yaml", "patch.yaml")(PLAIN).hits == ()
    assert built.look_for(tmp_path / "other.yaml", "other.yaml")(PLAIN).hits != ()
