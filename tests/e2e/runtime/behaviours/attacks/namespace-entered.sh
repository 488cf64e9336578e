# title: another namespace is entered
# technique: T1611
# expects: foreign-namespace-entered
# run: --privileged
# needs: nsenter
nsenter -t 1 -u true || true
