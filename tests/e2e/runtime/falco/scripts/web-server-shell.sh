# rule: Web Server Spawned Shell
# title: a web server starts a shell
cp "$(readlink -f /bin/sh)" /usr/local/sbin/nginx
nginx -c 'sh -c ":"; :'
