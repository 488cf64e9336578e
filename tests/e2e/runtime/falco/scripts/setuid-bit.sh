# rule: Set Setuid or Setgid bit
# title: a program is to run as its owner
cp /bin/true /srv/x; chmod u+s /srv/x
