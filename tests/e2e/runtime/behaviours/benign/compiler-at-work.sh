# title: a library is compiled and packed with make
# needs: gcc, make, ar
set -e
mkdir -p /srv/code; cd /srv/code
echo 'int one(void) { return 1; }' >one.c
printf 'all: libone.a libone.so\n%%.o: %%.c\n\tgcc -O2 -fPIC -c $< -o $@\nlibone.a: one.o\n\tar rcs $@ $^\nlibone.so: one.o\n\tgcc -shared -o $@ $^\n' >Makefile
make >/dev/null
