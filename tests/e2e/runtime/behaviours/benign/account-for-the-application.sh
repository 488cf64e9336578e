# title: an image's set-up makes an account with the tools for it
# needs: useradd, groupadd, userdel
set -e
groupadd -r shop; useradd -r -g shop -d /srv/shop -s /usr/sbin/nologin shop
mkdir -p /srv/shop; chown shop:shop /srv/shop; userdel shop
