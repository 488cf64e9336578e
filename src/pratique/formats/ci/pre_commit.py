"""
Write the configuration of pre-commit: the hooks that fit what the repository holds.

``rev`` is a full commit, which pre-commit takes as well as a tag. Source: https://pre-commit.com/#plugins.
"""

from pratique.formats.ci.interface import Plan

NAME = "pre-commit"
PLACE = ".pre-commit-config.yaml"
COMMENT = "#"
NEXT = "turn it on: `pre-commit install`"

HOOKS = ("pratique-dockerfile", "pratique-compose", "pratique-kubernetes", "pratique-secrets")
_LOCAL = """\
repos:
  - repo: local
    hooks:
      - id: pratique-lint
        name: pratique lint
        entry: pratique lint --fail-on %s .
        language: system
        pass_filenames: false
"""


def render(plan: Plan) -> str:
    """Return the configuration; what is installed already is called as it is."""
    if not plan.origin.address:
        return _LOCAL % plan.fail_on
    hooks = "".join(f"      - id: {name}\n" for name in HOOKS)
    return (
        f"repos:\n  - repo: {plan.origin.address}\n    rev: {plan.origin.commit}\n"
        f"    hooks:\n{hooks}"
    )
