# title: a script pipes what it fetched into a shell
# technique: T1059.004
# expects: download-piped-into-shell
# needs: curl
echo 'id >/dev/null; sleep 0.2' >/tmp/page
curl -s file:///tmp/page | sh
