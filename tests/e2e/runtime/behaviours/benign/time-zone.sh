# title: an image's set-up sets time zone and locale
# needs: ldconfig
set -e
ln -sf /usr/share/zoneinfo/UTC /etc/localtime; echo UTC >/etc/timezone; ldconfig
date >/dev/null
