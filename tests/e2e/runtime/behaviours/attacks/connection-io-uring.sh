# title: a connection is made through io_uring
# technique: T1562.001
# expects: io-uring-in-container
# run: --security-opt seccomp=unconfined
# needs: gcc
cat >/tmp/u.c <<'C'
#include <sys/syscall.h>
#include <unistd.h>
#include <string.h>
#include <sys/mman.h>
#include <linux/io_uring.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
int main(){struct io_uring_params p;memset(&p,0,sizeof p);int r=syscall(SYS_io_uring_setup,4,&p);if(r<0)return 1;
char*sq=mmap(0,p.sq_off.array+p.sq_entries*4,3,MAP_SHARED,r,0);struct io_uring_sqe*e=mmap(0,p.sq_entries*sizeof*e,3,MAP_SHARED,r,0x10000000ULL);
struct sockaddr_in a={AF_INET,htons(80)};inet_aton("169.254.169.254",&a.sin_addr);int s=socket(2,1|SOCK_NONBLOCK,0);memset(e,0,sizeof*e);
e->opcode=IORING_OP_CONNECT;e->fd=s;e->addr=(unsigned long)&a;e->off=sizeof a;*(unsigned*)(sq+p.sq_off.array)=0;*(unsigned*)(sq+p.sq_off.tail)+=1;
syscall(SYS_io_uring_enter,r,1,0,0,0,0);return 0;}
C
gcc -o /tmp/u /tmp/u.c && /tmp/u
