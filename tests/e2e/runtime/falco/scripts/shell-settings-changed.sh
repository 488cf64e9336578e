# rule: Modify Shell Configuration File
# title: a line is added to what shells run first
echo : | tee -a /root/.bashrc
