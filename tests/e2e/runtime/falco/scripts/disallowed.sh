# rule: Launch Disallowed Container
# title: a container starts that the list does not name
# run: --label allowed=no
:
