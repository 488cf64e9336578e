"""
Write jobs of GitLab CI: lint findings as tests, images in the container scanning report.

The image that a job gates is the one that the pipeline has pushed to the project's registry. Its
credentials stand in a file that only the job reads. Source: https://docs.gitlab.com/ci/yaml/,
https://docs.gitlab.com/ci/yaml/artifacts_reports/.
"""

from pratique.formats.ci._steps import block, gate, install, lint
from pratique.formats.ci.interface import Build, Plan

NAME = "gitlab"
PLACE = ".gitlab/pratique.yml"
COMMENT = "#"
NEXT = "include it: `include: [{local: /.gitlab/pratique.yml}]` in .gitlab-ci.yml"

_LOGIN = (
    'export DOCKER_CONFIG="$(mktemp -d)"',
    'login="$(printf %s:%s "$CI_REGISTRY_USER" "$CI_REGISTRY_PASSWORD" | base64 | tr -d "\\n")"',
    'printf \'{"auths":{"%s":{"auth":"%s"}}}\' "$CI_REGISTRY" "$login"'
    ' > "$DOCKER_CONFIG/config.json"',
)
_COMMON = """\
.pratique:
  stage: test
  image: %s
  variables:
    PRATIQUE_CACHE_DIR: $CI_PROJECT_DIR/.pratique-cache
  cache:
    key: pratique
    paths: [.pratique-cache]
"""
_LINT = """
pratique-lint:
  extends: .pratique
  needs: []
  script:
    - |
%s  artifacts:
    when: always
    reports:
      junit: pratique-lint.xml
"""
_GATE = """
pratique-gate-%s:
  extends: .pratique
  variables:
    # The image as your build job pushes it.
    GATED_IMAGE: %s
  script:
    - |
%s  artifacts:
    when: always
    reports:
      container_scanning: gl-container-scanning-report.json
"""


def render(plan: Plan) -> str:
    """Return the jobs, each with the settings it shares."""
    jobs = [_COMMON % plan.runner]
    if plan.lints:
        line = lint(plan, "junit=pratique-lint.xml")
        jobs.append(_LINT % block((*install(plan.origin), line), 6))
    return "".join([*jobs, *(_gate(plan, one) for one in plan.builds)])


def _gate(plan: Plan, one: Build) -> str:
    line = gate(plan, '"$GATED_IMAGE"', "gitlab=gl-container-scanning-report.json")
    shell = block((*install(plan.origin), *_LOGIN, line), 6)
    inside = "" if one.name == "image" else f"/{one.name}"
    return _GATE % (one.name, f"$CI_REGISTRY_IMAGE{inside}:$CI_COMMIT_SHA", shell)
