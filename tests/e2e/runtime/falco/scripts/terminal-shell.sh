# rule: Terminal shell in container
# title: the first process is a shell on a terminal
# run: -t
:
