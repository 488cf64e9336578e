# title: a certificate is made and used for a connection
# needs: openssl
set -e
mkdir -p /etc/app/tls; cd /etc/app/tls
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=localhost -days 1 2>/dev/null
openssl s_server -quiet -accept 127.0.0.1:8443 -key key.pem -cert cert.pem >/dev/null 2>&1 & server=$!
sleep 0.5; echo hello | timeout 2 openssl s_client -quiet -connect 127.0.0.1:8443 >/dev/null 2>&1 || true
kill "$server"
