# title: bash asks the metadata by /dev/tcp
# technique: T1552.005
# expects: cloud-metadata-asked-by-tool
timeout 1 bash -c 'exec 5<>/dev/tcp/169.254.169.254/80' 2>/dev/null || true
