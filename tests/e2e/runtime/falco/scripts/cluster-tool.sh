# rule: Kubernetes Client Tool Launched in Container
# title: a client of the cluster runs
cp /bin/true /usr/local/bin/kubectl; kubectl
