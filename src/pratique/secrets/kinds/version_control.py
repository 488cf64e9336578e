"""
Credentials of forges: GitHub, GitLab, Bitbucket, Gitea, Sourcegraph.

Source: https://github.blog/engineering/behind-githubs-new-authentication-token-formats/ (prefixes,
checksum), https://docs.gitlab.com/security/tokens/ (prefixes).
"""

from pratique.model.severity import Severity
from pratique.secrets.checksums import github_checksum, github_made
from pratique.secrets.declare import assigned, pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "version-control"
_GITHUB = "github.com/settings/tokens"
_APPS = "github.com/settings/applications"
_GITLAB = "GitLab, User settings, Access tokens"
_RUNNER = "GitLab, Settings, CI/CD, Runners"
_BITBUCKET = "bitbucket.org/account/settings/app-passwords"

KINDS = (
    token(
        "github-pat",
        "GitHub personal access token",
        "ghp_{alnum:36}",
        proof=github_checksum,
        make=github_made("ghp_"),
        severity=Severity.CRITICAL,
        rotate=_GITHUB,
    ),
    token(
        "github-fine-grained-pat",
        "GitHub fine-grained personal access token",
        "github_pat_{alnum:22}_{alnum:59}",
        "github_pat_{word:82}",
        severity=Severity.CRITICAL,
        rotate=_GITHUB,
    ),
    token(
        "github-oauth",
        "GitHub OAuth access token",
        "gho_{alnum:36}",
        proof=github_checksum,
        make=github_made("gho_"),
        severity=Severity.CRITICAL,
        rotate=_APPS,
    ),
    token(
        "github-app-token",
        "GitHub App token",
        "{ghu|ghs}_{alnum:36}",
        proof=github_checksum,
        make=github_made("ghs_"),
        rotate=_APPS,
    ),
    token(
        "github-refresh-token",
        "GitHub refresh token",
        "ghr_{alnum:36}",
        proof=github_checksum,
        make=github_made("ghr_"),
        rotate=_APPS,
    ),
    assigned(
        "github-legacy-token",
        "GitHub token of the form before 2021",
        (
            "github-token",
            "github-oauth",
            "github-pat",
            "gh-token",
            "github-access-token",
            "github-api-token",
            "github-secret",
        ),
        "{hex:40}",
        rotate=_GITHUB,
    ),
    token(
        "gitlab-pat",
        "GitLab personal access token",
        "glpat-{url:20}",
        severity=Severity.CRITICAL,
        rotate=_GITLAB,
    ),
    token(
        "gitlab-pat-routable",
        "GitLab personal access token, routable",
        "glpat-{url:27-300}.{lower:9}",
        "glpat-{url:27-300}.{lower:2}.{lower:9}",
        severity=Severity.CRITICAL,
        rotate=_GITLAB,
    ),
    token(
        "gitlab-pipeline-trigger-token",
        "GitLab pipeline trigger token",
        "glptt-{hex:40}",
        aliases=("gitlab-ptt",),
        rotate="GitLab, Settings, CI/CD, Pipeline trigger tokens",
    ),
    token(
        "gitlab-runner-registration-token",
        "GitLab runner registration token",
        "GR1348941{url:20}",
        aliases=("gitlab-rrt",),
        rotate=_RUNNER,
    ),
    token(
        "gitlab-runner-authentication-token",
        "GitLab runner authentication token",
        "glrt-{url:20}",
        rotate=_RUNNER,
    ),
    token(
        "gitlab-runner-authentication-token-routable",
        "GitLab runner authentication token, routable",
        "glrt-t{digit:1}_{url:27-300}.{lower:9}",
        "glrt-t{digit:1}_{url:27-300}.{lower:2}.{lower:9}",
        rotate=_RUNNER,
    ),
    token(
        "gitlab-cicd-job-token",
        "GitLab CI/CD job token",
        "glcbt-{alnum:1-5}_{url:20}",
        rotate="it expires with the job; cancel the job",
    ),
    token(
        "gitlab-deploy-token",
        "GitLab deploy token",
        "gldt-{url:20}",
        rotate="GitLab, Settings, Repository, Deploy tokens",
    ),
    token(
        "gitlab-feature-flag-client-token",
        "GitLab feature flag client token",
        "glffct-{url:20}",
        severity=Severity.MEDIUM,
        rotate="GitLab, Deploy, Feature flags, Configure",
    ),
    token(
        "gitlab-feed-token",
        "GitLab feed token",
        "glft-{url:20}",
        "glft-{hex:64}-{digit:1-9}",
        severity=Severity.MEDIUM,
        rotate=_GITLAB,
    ),
    token(
        "gitlab-incoming-mail-token",
        "GitLab incoming mail token",
        "glimt-{url:25}",
        severity=Severity.MEDIUM,
        rotate=_GITLAB,
    ),
    token(
        "gitlab-kubernetes-agent-token",
        "GitLab agent for Kubernetes token",
        "glagent-{url:50}",
        rotate="GitLab, Operate, Kubernetes clusters, Access tokens",
    ),
    token(
        "gitlab-oauth-app-secret",
        "GitLab OAuth application secret",
        "gloas-{url:64}",
        rotate="GitLab, Applications: renew secret",
    ),
    token(
        "gitlab-scim-token",
        "GitLab SCIM token",
        "glsoat-{url:20}",
        rotate="GitLab, Settings, SAML SSO",
    ),
    token(
        "gitlab-workspace-token",
        "GitLab workspace token",
        "glwt-{url:20}",
        rotate="GitLab, Workspaces: terminate",
    ),
    pattern(
        "gitlab-session-cookie",
        "GitLab session cookie",
        rb"_gitlab_session=(?P<secret>[0-9a-z]{32})(?![0-9A-Za-z])",
        keywords=(b"_gitlab_session=",),
        entropy=2.9,
        rotate="GitLab, User settings, Active sessions: revoke",
        true=(
            Sample(make=text("Cookie: _gitlab_session={0}; x=1\n", "session", shape("{hex:32}"))),
            Sample(make=text("curl -b _gitlab_session={0} x\n", "session2", shape("{hex:32}"))),
        ),
        false=(
            Sample(make=lambda: "_gitlab_session=" + "x" * 32),
            Sample(make=lambda: "_gitlab_session=$SESSION"),
        ),
    ),
    token(
        "bitbucket-app-password",
        "Bitbucket app password",
        "ATBB{alnum:24}{HEX:8}",
        "ATBB{alnum:32}",
        rotate=_BITBUCKET,
    ),
    token(
        "bitbucket-access-token",
        "Bitbucket access token or Atlassian organisation key",
        "ATCTT3{param:150-300}",
        rotate="Bitbucket, Repository settings, Access tokens",
    ),
    token(
        "bitbucket-server-token",
        "Bitbucket Data Center HTTP access token",
        "BBDC-{b64:44}",
        rotate="Bitbucket, HTTP access tokens",
    ),
    assigned(
        "bitbucket-client-id",
        "Bitbucket OAuth consumer key",
        ("bitbucket",),
        "{alnum:32}",
        severity=Severity.LOW,
        rotate=_BITBUCKET,
    ),
    assigned(
        "bitbucket-client-secret",
        "Bitbucket OAuth consumer secret",
        ("bitbucket",),
        "{param:64}",
        rotate=_BITBUCKET,
    ),
    assigned(
        "gitea-access-token",
        "Gitea, Forgejo or Gogs access token",
        ("gitea", "forgejo", "gogs", "codeberg"),
        "{hex:40}",
        rotate="Settings, Applications, Access tokens",
    ),
    assigned(
        "gitea-runner-token",
        "Gitea or Forgejo runner registration token",
        ("gitea-runner", "forgejo-runner", "runner-registration"),
        "{alnum:40}",
        name="token",
        rotate="Settings, Actions, Runners",
    ),
    token(
        "sourcegraph-access-token",
        "Sourcegraph access token",
        "sgp_{hexes:16}_{hexes:40}",
        "sgp_local_{hexes:40}",
        "sgp_{hexes:40}",
        rotate="Sourcegraph, User settings, Access tokens",
    ),
    assigned(
        "sourcegraph-legacy-token",
        "Sourcegraph access token without a prefix",
        ("sourcegraph",),
        "{hexes:40}",
        aliases=("sourcegraph-access-token",),
        rotate="Sourcegraph, User settings, Access tokens",
    ),
    token(
        "sourcegraph-cody-token",
        "Sourcegraph Cody gateway token",
        "{slk|sgd}_{hex:64}",
        rotate="Sourcegraph, Site admin, Licence",
    ),
    token(
        "atlassian-api-token",
        "Atlassian API token",
        "ATATT3{param:120-260}",
        entropy=3.5,
        rotate="id.atlassian.com/manage-profile/security/api-tokens",
    ),
    assigned(
        "atlassian-legacy-api-token",
        "Atlassian API token of the older form",
        ("atlassian", "confluence", "jira"),
        "{alnum:24}",
        aliases=("atlassian-api-token",),
        entropy=3.3,
        rotate="id.atlassian.com/manage-profile/security/api-tokens",
    ),
)
