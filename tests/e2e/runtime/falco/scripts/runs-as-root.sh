# rule: Container Run as Root User
# title: a container starts as root
:
