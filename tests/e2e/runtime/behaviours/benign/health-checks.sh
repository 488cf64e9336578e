# title: health checks by shell run every moment
# needs: python3, curl
set -e
python3 -m http.server 8081 --bind 127.0.0.1 --directory /srv >/dev/null 2>&1 & server=$!
sleep 1
for _ in 1 2 3 4 5 6 7 8; do
  sh -c 'curl -fsS http://127.0.0.1:8081/ >/dev/null || exit 1'
  sh -c 'grep -q :1F91 /proc/net/tcp'
done
kill "$server"
