# title: health checks connect by the shell itself and talk over that
# needs: bash, python3
set -e
python3 - <<'P' &
import http.server
handler = type("H", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
http.server.HTTPServer(("127.0.0.1", 8093), handler).serve_forever()
P
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do bash -c '</dev/tcp/127.0.0.1/8093' 2>/dev/null && break; sleep 0.2; done
bash -c 'exec 3<>/dev/tcp/127.0.0.1/8093; printf "HEAD / HTTP/1.0\r\n\r\n" >&3; grep -q 200 <&3'
bash -c '{ printf "HEAD / HTTP/1.0\r\n\r\n" >&0; grep -q 200; } 0<>/dev/tcp/localhost/8093'
kill "$server"
