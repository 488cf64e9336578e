# rule: Program run with disallowed http proxy env
# title: a download goes through a proxy that its environment names
cp /bin/true /usr/local/bin/wget; http_proxy=http://198.51.100.7:3128 wget
