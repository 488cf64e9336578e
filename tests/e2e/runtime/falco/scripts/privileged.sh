# rule: Launch Privileged Container
# title: a container starts with the node's rights
# run: --privileged
:
