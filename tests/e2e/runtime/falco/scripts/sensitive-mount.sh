# rule: Launch Sensitive Mount Container
# title: a container starts that sees the node's /etc
# run: -v /etc:/mnt:ro
:
