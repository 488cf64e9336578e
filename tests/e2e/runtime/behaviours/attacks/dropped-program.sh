# title: a program that was not in the image runs
# technique: T1105
# expects: drifted-executable
cp /bin/true /opt/agent; /opt/agent
