# rule: Contact EC2 Instance Metadata Service From Container
# rule: Contact cloud metadata service from container
# title: the cloud's metadata are asked for
# run: --cap-add NET_ADMIN
perl /scripts/net.pl tcp 169.254.169.254 80
