# rule: Container Drift Detected (open+create)
# title: a file is made as a program
perl -MFcntl -e 'sysopen(my $new, "/srv/new", O_WRONLY | O_CREAT, 0755) or die $!'
