# rule: Basic Interactive Reconnaissance
# title: somebody at a terminal asks who they are
# run: -t
exec id
