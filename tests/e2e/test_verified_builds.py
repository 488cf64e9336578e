"""Real Dockerfiles whose steps really run are built before and after their fixes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.verify_build import in_worlds
from bench.worlds import CASES
from pratique.pipelines.lint_files import LintedFile
from pratique.pipelines.run_buildah import Buildah

BUILT = {
    "vulhub_vulhub__base_gitlist_0.6.0_Dockerfile": {
        "apt-lists-left",
        "legacy-key-value",
        "pipe-hides-failure",
        "recommended-packages",
    },
    "juice-shop_juice-shop__test_smoke_Dockerfile": {"apk-cache-left"},
    "kubernetes_examples___archived_cluster-dns_images_frontend_Dockerfile": {"pip-cache-left"},
    "Dockerfile of our own": {
        "apt-get-asks",
        "apt-lists-left",
        "as-casing-differs",
        "empty-continuation",
        "expose-casing",
        "high-user-id",
        "maintainer-instruction",
        "mixed-keyword-casing",
        "overridden-command",
        "overridden-entrypoint",
        "recommended-packages",
        "redundant-platform",
        "repeated-healthcheck",
        "sudo-in-run",
        "yarn-cache-left",
    },
}
"""Files, and the rules whose fixes their builds show to change nothing but what they announce."""
pytestmark = pytest.mark.timeout(1800)  # four files and four bases are built; a machine may be busy


@pytest.fixture(scope="module")
def linted(
    shared: Path, need: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, LintedFile]]:
    """Give the files with their fixes, built before and after."""
    need("buildah")
    cases = [one for one in CASES if one.file in BUILT]
    with Buildah() as builder:
        folder = tmp_path_factory.mktemp("worlds")
        yield {case.file: file for case, file in in_worlds(shared, cases, folder, builder)}


@pytest.mark.parametrize("name", BUILT)
def test_the_builds_show_what_the_fixes_announced(linted: dict[str, LintedFile], name: str):
    """Both build, and no fix is withdrawn."""
    file = linted[name]

    assert file.mended is not None
    assert file.rebuilt is not None
    assert len(file.rebuilt.paths) == 2, file.rebuilt.said
    assert not file.mended.withdrawn
    assert {hit.finding.rule for hit in file.mended.made} == BUILT[name]


def test_what_the_fixes_are_for_is_gone(linted: dict[str, LintedFile]):
    """The lists of apt, what was only recommended, and the cache of pip."""

    def removed(name: str) -> set[str]:
        rebuilt = linted[name].rebuilt
        return set(rebuilt.differences.removed) if rebuilt else set()

    assert {
        "var/lib/apt/lists/_srv_apt_._Packages",
        "usr/share/recommended/data",
    } <= removed("vulhub_vulhub__base_gitlist_0.6.0_Dockerfile")
    assert "root/.cache/pip" in removed(
        "kubernetes_examples___archived_cluster-dns_images_frontend_Dockerfile"
    )
    assert "root/.cache/yarn" in removed("Dockerfile of our own")
