# title: a web server writes a script into its pages
# technique: T1505.003
# expects: web-shell-written
# needs: python3
mkdir -p /var/www/html; cp "$(readlink -f "$(command -v python3)")" /usr/local/bin/apache2
/usr/local/bin/apache2 -c 'open("/var/www/html/x.php", "w").write("")'
