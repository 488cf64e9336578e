# rule: Read ssh information
# title: a file of root's SSH folder is read
mkdir -p /root/.ssh; echo x >/root/.ssh/known; cat /root/.ssh/known
