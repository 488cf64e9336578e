"""
Write a workflow of GitHub Actions: findings as annotations, code scanning alerts and one comment.

Every action is pinned by commit; the token of a job may only what its steps need; no expression
stands in a shell line. Sources: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions,
https://docs.github.com/actions/reference/security/secure-use.
"""

from pratique.formats.ci._steps import block, build, gate, install, lint, tag
from pratique.formats.ci.interface import Build, Plan

NAME = "github"
PLACE = ".github/workflows/pratique.yml"
COMMENT = "#"
NEXT = ""

CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
UPLOAD = "github/codeql-action/upload-sarif@ff2f1c621b7f889edc0d3c761ac2e6a3f8cdb0dd # v4.37.7"

_HEAD = """\
name: pratique

on:
  pull_request:
  push:
    branches: [main, master]
  schedule:
    # Once a week: an image that nobody changed meets flaws that were not known before.
    - cron: "23 4 * * 1"

permissions: {}

concurrency:
  group: pratique-${{ github.ref }}
  cancel-in-progress: true

jobs:
"""
_JOB = """\
  %s:
    name: %s
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions:
      contents: read
      security-events: write # code scanning alerts
%s    steps:
      - uses: %s
        with:
          persist-credentials: false
"""
_COMMENTS = "      pull-requests: write # one comment, kept current\n"


def render(plan: Plan) -> str:
    """Return the workflow."""
    jobs = [_lint(plan)] if plan.lints else []
    return _HEAD + "\n".join([*jobs, *(_gate(plan, one) for one in plan.builds)])


def _lint(plan: Plan) -> str:
    head = _head(plan, "lint", "Lint")
    if plan.origin.action:
        inputs = ("name: lint", "lint: .", f"fail-on: {plan.fail_on}")
        return head + _action(plan, inputs)
    return head + _run(plan, lint(plan, "sarif=pratique.sarif"))


def _gate(plan: Plan, one: Build) -> str:
    head = _head(plan, f"gate-{one.name}", f"Gate {one.name}")
    head += f"      - name: Build\n        run: {build(one)}\n"
    if plan.origin.action:
        image = f"image: docker:{tag(one)}"
        return head + _action(plan, (f"name: {one.name}", image, f"policy: {plan.policy}"))
    return head + _run(plan, gate(plan, f"docker:{tag(one)}", "sarif=pratique.sarif"))


def _head(plan: Plan, job: str, name: str) -> str:
    return _JOB % (job, name, _COMMENTS if plan.origin.action else "", CHECKOUT)


def _action(plan: Plan, inputs: tuple[str, ...]) -> str:
    return f"      - uses: {plan.origin.action}\n        with:\n{block(inputs, 10)}"


def _run(plan: Plan, line: str) -> str:
    """Return the steps of a job that installs by itself, where the action is not on GitHub."""
    shell = block((*install(plan.origin), line), 10)
    return (
        f"      - name: pratique\n        run: |\n{shell}"
        f"      - uses: {UPLOAD}\n"
        "        if: always() && !github.event.pull_request.head.repo.fork\n"
        "        with:\n          sarif_file: pratique.sarif\n"
    )
