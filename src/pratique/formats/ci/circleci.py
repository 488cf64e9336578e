"""
Write the configuration of CircleCI: findings as test results, SARIF as an artifact.

Images are built on a machine, whose docker is at hand. CircleCI reads one file only, so one that is
there is never replaced; ``--print`` shows what to take over. Source:
https://circleci.com/docs/configuration-reference/.
"""

from pratique.formats.ci._steps import block, build, gate, install, lint, tag
from pratique.formats.ci.interface import Build, Plan

NAME = "circleci"
PLACE = ".circleci/config.yml"
COMMENT = "#"
NEXT = ""

_LINT = "    docker:\n      - image: %s\n"
_MACHINE = "    machine:\n      image: ubuntu-2404:current\n"
_JOB = """\
  %s:
%s    steps:
      - checkout
      - run:
          name: pratique
          command: |
            mkdir -p test-results
%s      - store_test_results:
          path: test-results
      - store_artifacts:
          path: pratique.sarif
"""


def render(plan: Plan) -> str:
    """Return the configuration."""
    runner = _LINT % plan.runner
    names = ["lint"] if plan.lints else []
    jobs = [_job(plan, "lint", runner, lint(plan, *_REPORTS))] if plan.lints else []
    for one in plan.builds:
        names.append(f"gate-{one.name}")
        jobs.append(_gate(plan, one))
    return f"version: 2.1\njobs:\n{''.join(jobs)}workflows:\n  pratique:\n    jobs:\n" + block(
        [f"- {name}" for name in names], 6
    )


_REPORTS = ("junit=test-results/pratique.xml", "sarif=pratique.sarif")


def _gate(plan: Plan, one: Build) -> str:
    line = gate(plan, f"docker:{tag(one)}", *_REPORTS)
    return _job(plan, f"gate-{one.name}", _MACHINE, build(one), line)


def _job(plan: Plan, name: str, where: str, *lines: str) -> str:
    return _JOB % (name, where, block((*install(plan.origin), *lines), 12))
