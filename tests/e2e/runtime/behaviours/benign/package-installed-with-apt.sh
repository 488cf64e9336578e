# title: a package from a file is installed with apt
# needs: dpkg-deb, apt-get
set -e
mkdir -p /tmp/p/DEBIAN /tmp/p/usr/share/tool /tmp/p/usr/sbin
printf 'Package: tool\nVersion: 2\nArchitecture: all\nMaintainer: a <a@example.org>\nDescription: d\n' >/tmp/p/DEBIAN/control
printf '#!/bin/sh\ntrue\n' >/tmp/p/usr/sbin/tool; echo data >/tmp/p/usr/share/tool/data
dpkg-deb -b /tmp/p /tmp/tool.deb >/dev/null
apt-get install -y /tmp/tool.deb >/dev/null 2>&1
