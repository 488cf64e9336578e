# rule: Polkit Local Privilege Escalation Vulnerability (CVE-2021-4034)
# title: pkexec is called without any argument, not even its name
cp /bin/true /usr/local/bin/pkexec
perl -e 'my $file = "/usr/local/bin/pkexec"; my $none = pack("Q", 0); syscall(59, $file, $none, $none)'
