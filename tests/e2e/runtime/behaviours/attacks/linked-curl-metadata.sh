# title: curl by another name asks the cloud's metadata
# technique: T1552.005
# expects: cloud-metadata-asked-by-tool
# needs: curl
mkdir /tmp/a; ln -s /usr/bin/curl /tmp/a/app; /tmp/a/app -s -m 1 http://169.254.169.254/latest/ || true
