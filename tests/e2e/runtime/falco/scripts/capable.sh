# rule: Launch Excessively Capable Container
# title: a container starts with the right to trace
# run: --cap-add SYS_PTRACE
:
