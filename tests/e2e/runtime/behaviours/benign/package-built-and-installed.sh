# title: a package is built, installed and removed with dpkg
# needs: dpkg-deb, dpkg
set -e
mkdir -p /tmp/p/DEBIAN /tmp/p/usr/bin /tmp/p/etc/cron.d /tmp/p/lib/systemd/system
printf 'Package: site\nVersion: 1\nArchitecture: all\nMaintainer: a <a@example.org>\nDescription: d\n' >/tmp/p/DEBIAN/control
printf '#!/bin/sh\nset -e\nchmod 755 /usr/bin/site\nldconfig\n' >/tmp/p/DEBIAN/postinst
chmod 755 /tmp/p/DEBIAN/postinst
printf '#!/bin/sh\ntrue\n' >/tmp/p/usr/bin/site
echo '# none' >/tmp/p/etc/cron.d/site
printf '[Service]\nExecStart=/usr/bin/site\n' >/tmp/p/lib/systemd/system/site.service
dpkg-deb -b /tmp/p /tmp/site.deb >/dev/null
dpkg -i /tmp/site.deb >/dev/null
dpkg -r site >/dev/null
