# title: one line fetches a text and runs it
# technique: T1105
# expects: download-run-by-shell
# needs: curl
echo 'id >/dev/null' >/tmp/page
sh -c 'curl -s file:///tmp/page | sh'
