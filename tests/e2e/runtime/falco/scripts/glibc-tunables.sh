# rule: Potential Local Privilege Escalation via Environment Variables Misuse
# title: a program runs with settings of the C library in its environment
GLIBC_TUNABLES=glibc.malloc.check=0 /bin/true
