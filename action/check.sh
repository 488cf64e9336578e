#!/bin/bash
# Run what the action was asked for: lint $LINT (paths, one a line), gate $IMAGE. Annotations go to
# standard output, where GitHub reads them; reports into a folder; the summary into the step's; the
# gravest exit code into the output `exit-code`. Ends with 0: a later step decides, after the uploads.
# A failure before that leaves no `exit-code`, which that step takes for 70.
set -euo pipefail

if [[ ! "$NAME" =~ ^[A-Za-z0-9._-]{1,60}$ || "$NAME" == .* ]]; then
  echo "::error title=pratique::the input name takes letters, digits, dots and dashes"
  exit 1
fi
export PRATIQUE_CACHE_DIR="$RUNNER_TEMP/pratique/cache"
export PATH="$RUNNER_TEMP/pratique/env/bin:$PATH"
reports="$RUNNER_TEMP/pratique/reports/$NAME"
rm -rf -- "$reports"
mkdir -p "$reports" "$PRATIQUE_CACHE_DIR"
code=0

# 70 (broken) is graver than 2 (wrong use), 1 (no), 3 (not known), 0 (yes).
worst() {
  local one
  for one in 130 70 2 1 3; do
    if [ "$1" = "$one" ] || [ "$code" = "$one" ]; then code="$one"; return; fi
  done
  if [ "$1" != 0 ]; then code=70; fi
}

# look NAME COMMAND…: run a command with the reports of that name; what it refuses is told, too.
look() {
  local name="$1" status=0
  shift
  "$@" -o github -o "markdown=$reports/$name.md" -o "sarif=$reports/$name.sarif" \
    -o "json=$reports/$name.json" 2>"$reports/$name.err" || status=$?
  cat "$reports/$name.err" >&2
  if [ ! -s "$reports/$name.md" ]; then
    { echo "**pratique $name** could not run (exit code $status):"
      echo; echo '```text'; head -c 4000 "$reports/$name.err" | tr -d '`'; echo; echo '```'
    } >"$reports/$name.md"
    echo "::error title=pratique $name::exit code $status: $(head -n 1 "$reports/$name.err" | tr -d '\r')"
  fi
  cat "$reports/$name.md" >>"$reports/summary.md"
  echo >>"$reports/summary.md"
  worst "$status"
}

paths=()
while IFS= read -r line; do
  line="${line%"${line##*[![:space:]]}"}"
  if [ -n "$line" ]; then paths+=("$line"); fi
done <<<"$LINT"

if [ "${#paths[@]}" = 0 ] && [ -z "$IMAGE" ]; then
  echo "::error title=pratique::nothing to do: give it files to lint, or an image"
  exit 1
fi
printf '## pratique: %s\n\n' "$NAME" >"$reports/summary.md"
if [ "${#paths[@]}" != 0 ]; then
  look lint pratique lint --fail-on "$FAIL_ON" "${paths[@]/#-/./-}"
fi
if [ -n "$IMAGE" ]; then
  look gate pratique gate --policy "$POLICY" "$IMAGE"
fi

# GitHub takes a summary of 1 MiB a step; a longer one would be refused whole.
most=1000000
if [ "$(wc -c <"$reports/summary.md")" -le "$most" ]; then
  cat "$reports/summary.md" >>"$GITHUB_STEP_SUMMARY"
else
  { head -c "$most" "$reports/summary.md" | sed '$d'
    printf '\n\n**Shortened**: the reports of the job hold everything.\n'
  } >>"$GITHUB_STEP_SUMMARY"
fi
{
  echo "exit-code=$code"
  echo "reports=$reports"
  if compgen -G "$reports/*.sarif" >/dev/null; then echo "sarif=true"; fi
} >>"$GITHUB_OUTPUT"
