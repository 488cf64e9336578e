# title: sudo is called in the form of CVE-2021-3156
# technique: T1068
# expects: sudoedit-exploit
# needs: perl
cp /bin/true /usr/local/bin/sudoedit; chmod 755 /usr/local/bin/sudoedit
perl -e '$> = 1000; $< = 1000; exec "/usr/local/bin/sudoedit", "-s", "A\\"'
