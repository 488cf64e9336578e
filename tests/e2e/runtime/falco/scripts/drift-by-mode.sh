# rule: Container Drift Detected (chmod)
# title: a file becomes a program
: >/srv/new; chmod u+x /srv/new
