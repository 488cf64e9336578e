# rule: Web Server Spawned Suspicious Child Process
# title: a web server asks who it is
cp "$(readlink -f /bin/sh)" /usr/local/sbin/php-fpm
php-fpm -c 'whoami; :'
