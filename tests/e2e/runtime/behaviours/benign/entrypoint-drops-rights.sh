# title: an entrypoint fills in a setting, owns its folder and becomes another user
# needs: setpriv, sed
set -e
mkdir -p /etc/app /var/lib/app; echo 'port=@PORT@' >/etc/app/app.conf
sed -i 's/@PORT@/8080/' /etc/app/app.conf
chown -R 1000:1000 /var/lib/app; chmod 750 /var/lib/app
setpriv --reuid 1000 --regid 1000 --clear-groups sh -c 'cd /var/lib/app && id -u >uid && exec sleep 0.1'
