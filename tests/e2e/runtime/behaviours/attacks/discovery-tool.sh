# title: a tool for ways out of containers runs
# technique: T1613
# expects: container-discovery-tool
# needs: capsh
capsh --print >/dev/null
