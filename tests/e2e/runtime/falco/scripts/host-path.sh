# rule: Container Access to Host Sensitive Paths
# title: a file is read where the node's files are often mounted
mkdir -p /hostfs; echo x >/hostfs/x; cat /hostfs/x
