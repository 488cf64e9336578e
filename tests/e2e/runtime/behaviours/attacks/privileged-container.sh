# title: a container with the node's rights is asked for
# technique: T1610
# expects: privileged-container-asked
cp /bin/true /usr/local/bin/docker; docker run --privileged -v /:/host alpine
