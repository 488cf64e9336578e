"""
Write a declarative Jenkinsfile: findings as test results, SARIF kept for the Warnings plugin.

The agent needs Python 3.11 or newer with venv, git, and docker where images are built. Groovy reads
nothing into what stands between three single quotes but backslashes, and none is written.
Source: https://www.jenkins.io/doc/book/pipeline/syntax/.
"""

from pratique.formats.ci._steps import block, build, gate, install, lint, tag
from pratique.formats.ci.interface import Build, Plan

NAME = "jenkins"
PLACE = "Jenkinsfile.pratique"
COMMENT = "//"
NEXT = "make a pipeline job whose script path is Jenkinsfile.pratique"

_HEAD = """\
pipeline {
  agent any
  options {
    timeout(time: 30, unit: 'MINUTES')
  }
  triggers {
    // An image that nobody changed meets flaws that were not known before.
    cron('H 4 * * 1')
  }
  stages {
"""
_TAIL = """\
  }
  post {
    always {
      junit allowEmptyResults: true, testResults: 'pratique-*.xml'
      archiveArtifacts allowEmptyArchive: true, artifacts: 'pratique-*.sarif'
    }
  }
}
"""
_STAGE = """\
    stage('%s') {
      steps {
        sh '''
%s        '''
      }
    }
"""


def render(plan: Plan) -> str:
    """Return the pipeline; a repository with nothing to check has one stage that says so."""
    stages = [_stage(plan, "Lint", lint(plan, *_reports("lint")))] if plan.lints else []
    stages += [_gate(plan, one) for one in plan.builds]
    return _HEAD + "".join(stages) + _TAIL


def _gate(plan: Plan, one: Build) -> str:
    line = gate(plan, f"docker:{tag(one)}", *_reports(one.name))
    return _stage(plan, f"Gate {one.name}", build(one), line)


def _reports(name: str) -> tuple[str, str]:
    return f"junit=pratique-{name}.xml", f"sarif=pratique-{name}.sarif"


def _stage(plan: Plan, name: str, *lines: str) -> str:
    return _STAGE % (name, block(("set -eu", *install(plan.origin), *lines), 10))
