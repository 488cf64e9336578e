# rule: Drop and execute new binary in container
# title: a program that was not in the image runs
cp /bin/true /srv/new; /srv/new
