# title: what is fetched is read by programs, and texts of one's own go into a shell
# needs: curl, python3
echo '{"a": 1}' >/tmp/page
sh -c 'curl -s file:///tmp/page | grep -c a' >/dev/null
sh -c 'curl -s file:///tmp/page | python3 -m json.tool' >/dev/null
curl -s file:///tmp/page | sha256sum >/dev/null
sleep 6
echo 'id >/dev/null' | sh
