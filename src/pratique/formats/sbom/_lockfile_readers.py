"""
Name the units of Syft and Trivy that read lockfiles: what they list is declared, not installed.

Source: Trivy ``pkg/fanal/types/const.go`` (types of applications, in the property ``PkgType``);
Syft ``internal/task/package_tasks.go`` (catalogers with the tag "declared" and not "installed", in
the property ``foundBy``).
"""

TRIVY_LOCKFILES = frozenset(
    {
        "bun",
        "bundler",
        "cargo",
        "cocoapods",
        "composer",
        "conan",
        "conda-environment",
        "gomod",
        "gradle",
        "hex",
        "julia",
        "npm",
        "nuget",
        "nuget-config",
        "packages-props",
        "pip",
        "pipenv",
        "pnpm",
        "poetry",
        "pom",
        "pub",
        "pylock",
        "sbt",
        "swift",
        "uv",
        "yarn",
    }
)
SYFT_LOCKFILES = frozenset(
    {
        "cocoapods-cataloger",
        "conan-cataloger",
        "dart-pubspec-cataloger",
        "dart-pubspec-lock-cataloger",
        "dotnet-packages-lock-cataloger",
        "elixir-mix-lock-cataloger",
        "erlang-rebar-lock-cataloger",
        "go-module-file-cataloger",
        "haskell-cataloger",
        "java-gradle-lockfile-cataloger",
        "java-pom-cataloger",
        "javascript-lock-cataloger",
        "opam-cataloger",
        "php-composer-lock-cataloger",
        "python-package-cataloger",
        "ruby-gemfile-cataloger",
        "rust-cargo-lock-cataloger",
        "swift-package-manager-cataloger",
        "terraform-lock-cataloger",
    }
)
