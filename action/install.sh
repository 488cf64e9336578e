#!/bin/bash
# Install the pratique of this action into $RUNNER_TEMP/pratique/env: every package pinned by version
# and hash. $PYTHON is the interpreter to use.
set -euo pipefail

source="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
place="$RUNNER_TEMP/pratique"
[ -x "$place/env/bin/pratique" ] && exit 0

export PIP_DISABLE_PIP_VERSION_CHECK=1
"${PYTHON:-python3}" -m venv "$place/env"
"$place/env/bin/pip" install -q --require-hashes \
  -r "$source/requirements/run.txt" -r "$source/requirements/build.txt"
"$place/env/bin/pip" install -q --no-deps --no-build-isolation "$source"
"$place/env/bin/pratique" --version
