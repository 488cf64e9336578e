# title: a web server answers two hundred requests
# needs: python3, curl
set -e
mkdir -p /srv/site; echo hello >/srv/site/index.html
python3 -m http.server 8080 --bind 127.0.0.1 --directory /srv/site >/var/log/site.log 2>&1 & server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do curl -fs http://127.0.0.1:8080/ >/dev/null && break; sleep 0.2; done
curl -fs 'http://127.0.0.1:8080/index.html?[1-200]' >/dev/null
kill "$server"
