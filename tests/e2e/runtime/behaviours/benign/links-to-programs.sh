# title: programs are called by links and scripts of one's own
# needs: git, python3
set -e
mkdir -p /opt/tools/bin /srv/r; ln -s "$(command -v git)" /opt/tools/bin/g; ln -s "$(command -v python3)" /opt/tools/bin/py
printf '#!/bin/sh\nexec git "$@"\n' >/opt/tools/bin/git-wrap; chmod +x /opt/tools/bin/git-wrap
PATH=/opt/tools/bin:$PATH; g --version >/dev/null; py -V >/dev/null; git-wrap init -q /srv/r
ln -s /bin/true /srv/r/.git/hooks/post-commit
cd /srv/r; g -c user.email=a@example.org -c user.name=a commit -q --allow-empty -m x
