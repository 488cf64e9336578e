# title: a long script of a shell with pipes, functions and temporary files
# needs: awk, sed, mktemp
set -e
work=$(mktemp -d); trap 'rm -r "$work"' EXIT
for n in $(seq 40); do echo "$n $((n * n))" >>"$work/table"; done
awk '{ sum += $2 } END { print sum }' "$work/table" | sed 's/^/sum /' >"$work/sum"
cut -d' ' -f1 "$work/table" | sort -rn | head -3 | tr '\n' ' ' >"$work/most"
test -s "$work/most"
