# title: sed changes what every shell runs
# technique: T1546.004
# expects: shell-profile-changed
sed -i '1i true' /etc/bash.bashrc
