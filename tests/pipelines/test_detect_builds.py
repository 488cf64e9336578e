"""What a repository builds is found by names, and by what Compose says of it."""

from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.pipelines.detect_builds import MOST_BUILDS, detect_builds

POD = "apiVersion: v1\nkind: Pod\n"


def repository(folder: Path, **files: str) -> Path:
    """Write files, slashes as in the names."""
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return folder


def test_each_kind_is_found(tmp_path: Path) -> None:
    files = {
        "Dockerfile": "FROM a\n",
        "web/Containerfile": "FROM a\n",
        "compose.yaml": "services: {}\n",
        "charts/app/Chart.yaml": "apiVersion: v2\nname: app\n",
        "deploy/pod.yaml": POD,
        "deploy/values.yaml": "a: 1\n",
        "node_modules/x/Dockerfile": "FROM a\n",
        "Dockerfile.md": "words\n",
    }
    found = detect_builds(repository(tmp_path, **files))

    assert found.dockerfiles == ("Dockerfile", "web/Containerfile")
    assert found.compose == ("compose.yaml",)
    assert found.charts == ("charts/app",)
    assert found.manifests == 1
    assert found.lints


def test_the_context_is_the_folder_of_the_dockerfile(tmp_path: Path) -> None:
    files = {"Dockerfile": "", "a/Dockerfile": "", "a/Dockerfile.dev": "", "b/c.Dockerfile": ""}
    builds = detect_builds(repository(tmp_path, **files)).builds

    assert [(one.name, one.dockerfile, one.context) for one in builds] == [
        ("image", "Dockerfile", "."),
        ("a", "a/Dockerfile", "a"),
        ("a-dev", "a/Dockerfile.dev", "a"),
        ("b-c", "b/c.Dockerfile", "b"),
    ]


def test_compose_knows_better(tmp_path: Path) -> None:
    """Its context, Dockerfile and stage count; a build elsewhere or outside gets no job."""
    compose = """
services:
  worker: {build: {context: .., dockerfile: docker/worker.Dockerfile, target: prod}}
  api: {build: ../api}
  far: {build: "https://git.example/x.git"}
  out: {build: ../../other}
  none: {image: redis}
"""
    files = {
        "ops/compose.yml": compose,
        "docker/worker.Dockerfile": "FROM a\n",
        "api/Dockerfile": "FROM a\n",
    }
    builds = detect_builds(repository(tmp_path, **files)).builds

    assert [(one.name, one.dockerfile, one.context, one.target) for one in builds] == [
        ("worker", "docker/worker.Dockerfile", ".", "prod"),
        ("api", "api/Dockerfile", "api", ""),
    ]


def test_compose_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    found = detect_builds(repository(tmp_path, **{"compose.yaml": "a: [", "Dockerfile": ""}))

    assert [one.name for one in found.builds] == ["image"]
    assert found.compose == ("compose.yaml",)


@pytest.mark.parametrize(
    "name", ["$(id).dockerfile", "a b.dockerfile", "-f.dockerfile", "${{x}}.dockerfile"]
)
def test_a_name_that_a_shell_could_misread_is_told(tmp_path: Path, name: str) -> None:
    """No job is made for it, and nothing of it stands in one."""
    found = detect_builds(repository(tmp_path, **{name: "FROM a\n"}))

    assert found.builds == ()
    assert len(found.left_out) == 1
    assert found.left_out[0].startswith(name)


def test_equal_names_are_told_apart(tmp_path: Path) -> None:
    files = {"a-b/Dockerfile": "", "a/b/Dockerfile": "", "lint/Dockerfile": ""}
    builds = detect_builds(repository(tmp_path, **files)).builds

    assert [one.name for one in builds] == ["a-b", "a-b-2", "lint-2"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    repository(tmp_path / "out", Dockerfile="FROM a\n")
    inside.mkdir()
    (inside / "folder").symlink_to(tmp_path / "out")
    (inside / "Dockerfile").symlink_to(tmp_path / "out/Dockerfile")

    assert not detect_builds(inside).lints


def test_there_is_a_bound_on_images(tmp_path: Path) -> None:
    files = {f"d{number:03}/Dockerfile": "" for number in range(MOST_BUILDS + 2)}
    found = detect_builds(repository(tmp_path, **files))

    assert len(found.builds) == MOST_BUILDS
    assert len(found.left_out) == 2


def test_a_file_is_no_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no folder"):
        detect_builds(repository(tmp_path, Dockerfile="") / "Dockerfile")
