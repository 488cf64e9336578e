# rule: Modify Container Entrypoint
# title: a file is written through a descriptor of the process itself
exec 3>/srv/new; : >/proc/self/fd/3
