# rule: Read sensitive file trusted after startup
# title: a web server that has run for a while reads the password hashes
cp "$(readlink -f /bin/sh)" /usr/local/sbin/httpd
httpd -c 'sleep 5.5; read -r line </etc/shadow'
