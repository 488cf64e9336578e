"""
Write a pipeline of Azure Pipelines: findings as test results, SARIF where its scans tab looks.

The tab of the SARIF extension reads the artifact ``CodeAnalysisLogs``. Nothing written holds a macro
(``$(name)``) of Azure but its own. Source: https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/.
"""

from pratique.formats.ci._steps import block, build, gate, install, lint, tag
from pratique.formats.ci.interface import Build, Plan

NAME = "azure"
PLACE = "azure-pipelines-pratique.yml"
COMMENT = "#"
NEXT = "make a pipeline from the existing file azure-pipelines-pratique.yml"

_HEAD = """\
trigger:
  branches:
    include: [main, master]
pr:
  branches:
    include: ["*"]
schedules:
  # An image that nobody changed meets flaws that were not known before.
  - cron: "23 4 * * 1"
    displayName: Weekly
    branches:
      include: [main, master]
    always: "true"
pool:
  vmImage: ubuntu-latest
jobs:
"""
_JOB = """\
  - job: %s
    timeoutInMinutes: "30"
    steps:
      - script: |
          set -eu
%s        displayName: %s
      - task: PublishTestResults@2
        condition: succeededOrFailed()
        inputs:
          testResultsFormat: JUnit
          testResultsFiles: pratique.xml
          testRunTitle: pratique %s
      - publish: pratique.sarif
        artifact: %s
        condition: succeededOrFailed()
"""


def render(plan: Plan) -> str:
    """Return the pipeline."""
    jobs = [_job(plan, "lint", "CodeAnalysisLogs", lint(plan, *_REPORTS))] if plan.lints else []
    return _HEAD + "".join([*jobs, *(_gate(plan, one) for one in plan.builds)])


_REPORTS = ("junit=pratique.xml", "sarif=pratique.sarif")


def _gate(plan: Plan, one: Build) -> str:
    line = gate(plan, f"docker:{tag(one)}", *_REPORTS)
    return _job(plan, f"gate-{one.name}", f"pratique-{one.name}", build(one), line)


def _job(plan: Plan, name: str, artifact: str, *lines: str) -> str:
    # Azure replaces $(…) where a variable is so called; backticks mean the same to a shell.
    shell = [
        line.replace("$(mktemp -d)", "`mktemp -d`") for line in (*install(plan.origin), *lines)
    ]
    return _JOB % (name.replace("-", "_"), block(shell, 10), name, name, artifact)
