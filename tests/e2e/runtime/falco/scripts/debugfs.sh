# rule: Debugfs Launched in Privileged Container
# title: the debugger of file systems starts with the node's rights
# run: --privileged
cp /bin/true /usr/local/sbin/debugfs; debugfs
