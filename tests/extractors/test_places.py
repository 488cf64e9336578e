"""What a file's place says."""

import pytest

from pratique.extractors._places import among_python_tests, ignored_by_go, inside_dependency


@pytest.mark.parametrize(
    "path",
    [
        "app/node_modules/a/yarn.lock",
        "usr/lib/python3/dist-packages/x/requirements.txt",
        "app/vendor/bundle/ruby/3.1.0/gems/x/Gemfile.lock",
        "go/pkg/mod/github.com/a/b@v1/go.mod",
        "root/.cargo/registry/src/index-1/serde-1.0/Cargo.lock",
        "app/vendor/monolog/monolog/composer.lock",
        "usr/share/rubygems-integration/all/gems/x/Gemfile.lock",
        "usr/share/nodejs/lodash-cli/npm-shrinkwrap.json",
        "root/.cache/uv/archive-v0/5PjnlxEoEAYmZQZL/airflow/www/yarn.lock",
        "root/.cache/uv/sdists-v11/pypi/flask-limiter/3.9.0/x/src/requirements/docs.txt",
        "root/.bun/install/cache/workerpool@6.0.0@@@1/examples/package-lock.json",
        "root/.cache/deno/npm/registry.example/workerpool/6.0.0/examples/package-lock.json",
    ],
)
def test_lockfiles_of_dependencies_are_told_from_those_of_the_application(path: str) -> None:
    assert inside_dependency(path)


@pytest.mark.parametrize(
    "path", ["package-lock.json", "app/Gemfile.lock", "vendor/composer.lock", "srv/vendor/a/go.mod"]
)
def test_lockfiles_of_the_application_count(path: str) -> None:
    assert not inside_dependency(path)


@pytest.mark.parametrize(
    ("path", "made_up"),
    [
        ("usr/lib/python3.11/test/test_importlib/data/example-21.12-py3.6.egg", True),
        ("site-packages/pkg_resources/tests/data/x.egg/EGG-INFO/PKG-INFO", True),
        ("opt/lib/python3.12/site-packages/pip/_vendor/x.dist-info/METADATA", False),
        ("opt/lib/python3.12/site-packages/tests-1.0.dist-info/METADATA", False),
        ("srv/test/venv/lib/python3.12/site-packages/x.dist-info/METADATA", False),
        ("srv/tests/x.egg-info/PKG-INFO", False),
    ],
)
def test_packages_of_the_tests_of_a_library_are_made_up(path: str, made_up: bool) -> None:
    """What the whole application lies in may be called as it likes."""
    assert among_python_tests(path) is made_up


@pytest.mark.parametrize(
    ("path", "ignored"),
    [
        ("usr/local/go/src/crypto/internal/fips140/aes/_asm/ctr/go.mod", True),
        ("usr/local/go/src/cmd/go/testdata/mod/go.mod", True),
        ("usr/local/go/src/go.mod", False),
        ("_go.mod", False),
    ],
)
def test_go_ignores_test_data_and_folders_that_start_with_an_underscore(
    path: str, ignored: bool
) -> None:
    """See ``go help packages``."""
    assert ignored_by_go(path) is ignored
