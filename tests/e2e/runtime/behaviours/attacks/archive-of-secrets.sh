# title: settings are packed together
# technique: T1560.001
# expects: sensitive-folder-archived
# needs: tar
tar czf /tmp/a.tgz /etc 2>/dev/null || true
