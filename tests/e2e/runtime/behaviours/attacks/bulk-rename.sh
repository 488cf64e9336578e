# title: two hundred files get another ending
# technique: T1486
# expects: bulk-rename
mkdir -p /srv/data; cd /srv/data || exit
for n in $(seq 200); do : >"$n.doc"; done
for one in *.doc; do mv "$one" "$one.locked"; done
