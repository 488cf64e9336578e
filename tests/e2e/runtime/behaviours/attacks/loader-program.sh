# title: the loader runs a copied program
# technique: T1059
# expects: drifted-executable
cp /bin/id /tmp/x; /lib64/ld-linux-x86-64.so.2 /tmp/x >/dev/null
