"""
Write the file of Bitbucket Pipelines: findings as test results, found under ``test-results``.

Bitbucket reads one file only, so one that is there is never replaced; ``--print`` shows what to take
over. Source: https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/.
"""

from pratique.formats.ci._steps import block, build, gate, install, lint, tag
from pratique.formats.ci.interface import Build, Plan

NAME = "bitbucket"
PLACE = "bitbucket-pipelines.yml"
COMMENT = "#"
NEXT = ""

_STEP = """\
    - step:
        name: %s
        image: %s
        max-time: 30
%s        caches: [pratique]
        script:
          - export PRATIQUE_CACHE_DIR="$BITBUCKET_CLONE_DIR/.pratique-cache"
          - mkdir -p test-results
          - |
            set -eu
%s        artifacts:
          - pratique-*.sarif
"""
_HEAD = """\
definitions:
  caches:
    pratique: .pratique-cache
pipelines:
"""


def render(plan: Plan) -> str:
    """Return the pipelines: the same steps for a push and for a pull request."""
    steps = [_step(plan, "lint", "", lint(plan, *_reports("lint")))] if plan.lints else []
    steps += [_gate(plan, one) for one in plan.builds]
    inside = "".join(f"  {line}\n" for line in "".join(steps).splitlines())
    return f"{_HEAD}  default:\n{''.join(steps)}  pull-requests:\n    '**':\n{inside}"


def _gate(plan: Plan, one: Build) -> str:
    line = gate(plan, f"docker:{tag(one)}", *_reports(one.name))
    return _step(plan, one.name, "        services: [docker]\n", build(one), line)


def _reports(name: str) -> tuple[str, str]:
    return f"junit=test-results/pratique-{name}.xml", f"sarif=pratique-{name}.sarif"


def _step(plan: Plan, name: str, more: str, *lines: str) -> str:
    shell = block((*install(plan.origin), *lines), 12)
    return _STEP % (f"pratique {name}", plan.runner, more, shell)
