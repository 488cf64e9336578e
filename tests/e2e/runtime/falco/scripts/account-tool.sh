# rule: User mgmt binaries
# title: a tool for accounts runs on the node; it is to say its options
# where: node
# needs: useradd
useradd --help
