# rule: Remove Bulk Data from Disk
# title: a file is overwritten and removed
echo x >/srv/data; shred -u /srv/data
