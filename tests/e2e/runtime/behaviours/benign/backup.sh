# title: the data of an application are packed and unpacked
# needs: tar, gzip, sha256sum
set -e
mkdir -p /var/lib/app/data /backup /tmp/back
for n in $(seq 50); do echo "$n" >"/var/lib/app/data/$n"; done
tar -C /var/lib/app -czf /backup/data.tgz data; sha256sum /backup/data.tgz >/backup/sums
tar -C /tmp/back -xzf /backup/data.tgz; rm -r /tmp/back/data
