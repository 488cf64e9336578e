# title: a sensor is to be stopped; there is none of that name
# technique: T1562.001
# expects: security-tool-killed
# needs: pkill
pkill -9 falco-not-here || true
