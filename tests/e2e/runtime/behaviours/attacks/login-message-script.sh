# title: a script is added that logins run
# technique: T1037
# expects: shell-profile-changed
mkdir -p /etc/update-motd.d; echo '#!/bin/sh' >/etc/update-motd.d/00-x
