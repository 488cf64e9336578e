"""What a file's place says."""

import pytest

from pratique.extractors._places import inside_dependency


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
        "root/.bun/install/cache/workerpool@6.0.0@@@1/examples/package-lock.json",
        "root/.cache/deno/npm/registry.npmjs.org/workerpool/6.0.0/examples/package-lock.json",
    ],
)
def test_lockfiles_of_dependencies_are_told_from_those_of_the_application(path: str) -> None:
    assert inside_dependency(path)


@pytest.mark.parametrize(
    "path", ["package-lock.json", "app/Gemfile.lock", "vendor/composer.lock", "srv/vendor/a/go.mod"]
)
def test_lockfiles_of_the_application_count(path: str) -> None:
    assert not inside_dependency(path)
