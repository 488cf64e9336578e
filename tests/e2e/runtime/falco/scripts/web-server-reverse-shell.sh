# rule: Reverse Shell from Web Server
# title: a web server starts an interactive shell
cp "$(readlink -f /bin/sh)" /usr/local/sbin/apache2
apache2 -c 'bash -i </dev/null; :'
