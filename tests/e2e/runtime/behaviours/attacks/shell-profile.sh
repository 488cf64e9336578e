# title: what every shell runs is changed
# technique: T1546.004
# expects: shell-profile-changed
echo '# nothing' >>/root/.bashrc
