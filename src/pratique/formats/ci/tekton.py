"""
Write tasks of Tekton: one lints a workspace, one gates an image by reference.

Parameters reach the shell as environment variables, never as text of the script: Tekton would put
them in unquoted. Source: https://tekton.dev/docs/pipelines/tasks/.
"""

from pratique.formats.ci._steps import block, gate, install, lint
from pratique.formats.ci.interface import Plan

NAME = "tekton"
PLACE = ".tekton/pratique.yml"
COMMENT = "#"
NEXT = "apply it: `kubectl apply -f .tekton/pratique.yml`, and name the tasks in a pipeline"

_LINT = """\
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: pratique-lint
spec:
  description: Lint Dockerfiles, Compose files and manifests.
  workspaces:
    - name: source
  steps:
    - name: lint
      image: %s
      workingDir: $(workspaces.source.path)
      env:
        - name: HOME
          value: /tmp
      script: |
        #!/bin/sh
        set -eu
%s"""
_GATE = """\
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: pratique-gate
spec:
  description: Decide by a policy whether an image may pass.
  params:
    - name: image
      type: string
      description: What to decide on, best with its digest.
  steps:
    - name: gate
      image: %s
      env:
        - name: HOME
          value: /tmp
        - name: IMAGE
          value: $(params.image)
      script: |
        #!/bin/sh
        set -eu
%s"""


def render(plan: Plan) -> str:
    """Return the tasks; which images there are is the business of the pipeline that uses them."""
    # Tekton replaces $(…) of its own names only; backticks keep the script out of doubt.
    first = [line.replace("$(mktemp -d)", "`mktemp -d`") for line in install(plan.origin)]
    tasks = [_LINT % (plan.runner, block([*first, lint(plan)], 8))] if plan.lints else []
    if plan.builds:
        tasks.append(_GATE % (plan.runner, block([*first, gate(plan, '"$IMAGE"')], 8)))
    return "---\n".join(tasks)
