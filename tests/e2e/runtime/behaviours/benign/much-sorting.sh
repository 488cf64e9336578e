# title: large files are made, sorted and packed by many processes
# needs: sort, xargs, gzip
set -e
mkdir -p /tmp/work; cd /tmp/work; seq 20000 | sort -R >numbers; sort -n numbers | tail -1 >/dev/null
seq 20 | xargs -P 4 -I '{}' sh -c 'head -n 100 numbers | gzip >part-{}.gz'
find . -name 'part-*.gz' -delete
