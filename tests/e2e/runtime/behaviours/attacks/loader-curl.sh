# title: the loader runs curl of the image against the metadata
# technique: T1552.005
# expects: cloud-metadata-asked-by-tool
# needs: curl
/lib64/ld-linux-x86-64.so.2 /usr/bin/curl -s -m 1 http://169.254.169.254/latest/ || true
