"""
Credentials of package registries and artefact stores.

Source: https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/,
PyPI's help on API tokens (a macaroon whose location is the registry).
"""

from pratique.model.severity import Severity
from pratique.secrets.checksums import github_checksum, github_made
from pratique.secrets.declare import assigned, pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "package-registries"
_JFROG = ("jfrog", "artifactory", "bintray", "xray")
_JFROG_PAGE = "JFrog platform, User profile: revoke the key"
_SIDEKIQ = "ask Contributed Systems for new credentials"
_PAIR = shape("{hex:8}:{hex:8}")

KINDS = (
    token(
        "npm-token",
        "npm access token",
        "npm_{alnum:36}",
        proof=github_checksum,
        make=github_made("npm_"),
        severity=Severity.CRITICAL,
        aliases=("npm-access-token",),
        rotate="www.npmjs.com/settings/~/tokens",
    ),
    assigned(
        "npm-legacy-token",
        "npm access token of the older form",
        ("npm-token", "npm-auth-token", "node-auth-token", "_authtoken"),
        "{uuid}",
        rotate="www.npmjs.com/settings/~/tokens",
    ),
    token(
        "pypi-token",
        "PyPI upload token",
        "pypi-AgEIcHlwaS5vcmc{url:50-1000}",
        severity=Severity.CRITICAL,
        aliases=("pypi-upload-token",),
        rotate="PyPI, Account settings, API tokens",
    ),
    token(
        "test-pypi-token",
        "TestPyPI upload token",
        "pypi-AgENdGVzdC5weXBpLm9yZ{url:50-1000}",
        severity=Severity.LOW,
        rotate="TestPyPI, Account settings, API tokens",
    ),
    token(
        "rubygems-api-token",
        "RubyGems API key",
        "rubygems_{hex:48}",
        severity=Severity.CRITICAL,
        rotate="rubygems.org/profile/api_keys",
    ),
    token(
        "nuget-api-key",
        "NuGet API key",
        "oy2{lower:43}",
        severity=Severity.CRITICAL,
        rotate="www.nuget.org/account/apikeys",
    ),
    token(
        "crates-io-token",
        "crates.io API token",
        "cio{alnum:32}",
        severity=Severity.CRITICAL,
        rotate="crates.io/settings/tokens",
    ),
    token(
        "clojars-api-token",
        "Clojars deploy token",
        "CLOJARS_{lower:60}",
        folded=True,
        rotate="clojars.org/tokens",
    ),
    token(
        "docker-hub-pat",
        "Docker Hub access token",
        "{dckr_pat|dckr_oat}_{url:27-32}",
        severity=Severity.CRITICAL,
        rotate="app.docker.com/settings/personal-access-tokens",
    ),
    token(
        "artifactory-api-key",
        "Artifactory API key",
        "AKCp{alnum:69}",
        aliases=("jfrog-api-key",),
        rotate=_JFROG_PAGE,
    ),
    token(
        "artifactory-reference-token",
        "Artifactory reference token",
        "cmVmd{alnum:59}",
        rotate=_JFROG_PAGE,
    ),
    assigned("jfrog-api-key", "JFrog API key", _JFROG, "{alnum:73}", rotate=_JFROG_PAGE),
    assigned(
        "jfrog-identity-token", "JFrog identity token", _JFROG, "{alnum:64}", rotate=_JFROG_PAGE
    ),
    token(
        "hex-pm-key",
        "Hex.pm API key in a variable",
        "HEX_API_KEY={hex:32}",
        rotate="hex.pm/dashboard/keys",
    ),
    token(
        "packagist-token",
        "Private Packagist token",
        "packagist_{ort|out|uut}_{hex:60-80}",
        rotate="packagist.com, Profile, API access",
    ),
    assigned(
        "anaconda-token",
        "Anaconda token",
        ("anaconda", "conda"),
        "{hexes:2}-{uuid}",
        name="token",
        rotate="anaconda.org, Settings, Access",
    ),
    assigned(
        "gradle-publish-secret",
        "Gradle plugin portal secret",
        ("gradle-publish", "gradle.publish"),
        "{alnum:48}",
        name="secret|key",
        rotate="plugins.gradle.org, API keys",
    ),
    assigned(
        "chocolatey-api-key",
        "Chocolatey API key",
        ("chocolatey", "choco"),
        "{uuid}",
        rotate="community.chocolatey.org/account",
    ),
    token(
        "open-vsx-token",
        "Open VSX access token",
        "ovsxp_{uuid}",
        "ovsxat_{uuid}",
        rotate="open-vsx.org/user-settings/tokens",
    ),
    token(
        "jsr-token", "JSR access token", "jsr{d|p}_{alnum:32-40}", rotate="jsr.io/account/tokens"
    ),
    assigned(
        "sidekiq-secret",
        "Sidekiq Pro or Enterprise credentials",
        ("bundle-enterprise--contribsys--com", "bundle-gems--contribsys--com"),
        "{hex:8}:{hex:8}",
        entropy=1.5,
        placeholders_allowed=True,
        rotate=_SIDEKIQ,
    ),
    pattern(
        "sidekiq-sensitive-url",
        "Sidekiq Pro or Enterprise gem source with credentials",
        rb"(?i:https?)://(?P<secret>[0-9a-f]{8}:[0-9a-f]{8})@(?:gems|enterprise)\.contribsys\.com(?![\w-])",
        keywords=(b".contribsys.com",),
        rotate=_SIDEKIQ,
        placeholders_allowed=True,
        true=(
            Sample(make=text("source 'https://{0}@gems.contribsys.com/'\n", "sidekiq", _PAIR)),
            Sample(make=text("https://{0}@enterprise.contribsys.com:443/x\n", "sidekiq2", _PAIR)),
        ),
        false=(
            Sample(make=lambda: "source 'https://gems.contribsys.com/'\n"),
            Sample(
                make=text(
                    "https://{0}@gems.contribsys.com.example/\n",
                    "sidekiq3",
                    shape("{hex:6}:{hex:8}"),
                )
            ),
        ),
    ),
    token(
        "readme-api-token",
        "ReadMe API key",
        "rdme_{lower:70}",
        rotate="dash.readme.com, Configuration, API keys",
    ),
    token(
        "postman-api-token",
        "Postman API key",
        "PMAK-{hex:24}-{hex:34}",
        rotate="go.postman.co/settings/me/api-keys",
    ),
    token(
        "postman-collection-key",
        "Postman collection access key",
        "PMAT-{upper:26}",
        rotate="go.postman.co, the collection, Share",
    ),
    token(
        "buf-token",
        "Buf Schema Registry token in a variable",
        "BUF_TOKEN={hex:64}",
        rotate="buf.build/settings/user",
    ),
    token(
        "cargo-registry-token",
        "Cargo registry token in a variable",
        "CARGO_REGISTRY_TOKEN={alnum:32-64}",
        rotate="crates.io/settings/tokens",
    ),
    assigned(
        "sonatype-token",
        "Sonatype user token",
        ("ossrh", "sonatype", "nexus", "central-portal", "mavencentral"),
        "{b64:44}",
        name="password|token|passw",
        rotate="central.sonatype.com/account",
    ),
    assigned(
        "swift-cocoapods-token",
        "CocoaPods trunk token",
        ("cocoapods", "cocoapods-trunk"),
        "{hex:32}",
        rotate="pod trunk me clean-sessions",
    ),
    assigned(
        "gemfury-token",
        "Gemfury deploy token",
        ("gemfury", "fury"),
        "{alnum:20}",
        name="token",
        rotate="manage.fury.io, Tokens",
    ),
)
