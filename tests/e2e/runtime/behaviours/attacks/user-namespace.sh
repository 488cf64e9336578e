# title: a user namespace is made
# technique: T1611
# expects: user-namespace-made-in-container
# run: --security-opt seccomp=unconfined
# needs: unshare
unshare -U true || true
