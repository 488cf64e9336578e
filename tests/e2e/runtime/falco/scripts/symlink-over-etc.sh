# rule: Create Symlink Over Sensitive Files
# title: a link to /etc is made
ln -s /etc /srv/settings
