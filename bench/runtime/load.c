/*
 * Load for the benchmarks of the sensor; bench/runtime/generator.py compiles and starts it.
 *
 *   load cost getppid|open|connect|spawn COUNT      CPU ns for one operation, children included
 *   load storm SECONDS RATE FOLDER PATHS GROUPS      RATE acts a second in all, from one process for
 *                                                    each control group that the file GROUPS names on
 *                                                    a line; prints opens and connects
 *
 * In a storm each process walks all FOLDER/0 … FOLDER/PATHS-1 from a place of its own, so that no
 * two equal acts of a process stand within a second; every twentieth act is a connect.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TICK_NS = 100000000, EVERY = 20, MOST_GROUPS = 1024 };

struct done {
	long opens, connects;
};

static int use_socket(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_DGRAM, 0), failed;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	failed = connect(fd, (struct sockaddr *)&to, sizeof(to));
	close(fd);
	return failed;
}

static void act(const char *what)
{
	if (!strcmp(what, "getppid")) {
		getppid();
	} else if (!strcmp(what, "open")) {
		close(open("/etc/hostname", O_RDONLY));
	} else if (!strcmp(what, "connect")) {
		use_socket(9);
	} else {
		pid_t child = fork();

		if (!child) {
			execl("/bin/true", "true", (char *)NULL);
			_exit(127);
		}
		waitpid(child, NULL, 0);
	}
}

static double used(int who)
{
	struct rusage u;

	getrusage(who, &u);
	return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e9 +
	       (u.ru_utime.tv_usec + u.ru_stime.tv_usec) * 1e3;
}

static int cost(const char *what, long count)
{
	double before = used(RUSAGE_SELF) + used(RUSAGE_CHILDREN);

	for (long i = 0; i < count; i++)
		act(what);
	printf("%.1f\n", (used(RUSAGE_SELF) + used(RUSAGE_CHILDREN) - before) / count);
	return 0;
}

static void enter(const char *group)
{
	char path[4096];
	FILE *procs;

	snprintf(path, sizeof(path), "%s/cgroup.procs", group);
	procs = fopen(path, "w");
	if (!procs || fprintf(procs, "%d\n", getpid()) < 0 || fclose(procs))
		exit(3);
}

static struct done storm(int number, int of, double seconds, long rate, const char *folder, long paths)
{
	struct timespec next;
	struct done done = { 0, 0 };
	long ticks = seconds * (1000000000 / TICK_NS), at = paths / of * number, owed = 0;
	char path[4096];

	clock_gettime(CLOCK_MONOTONIC, &next);
	next.tv_nsec += (long)TICK_NS / of * number;
	for (long tick = 0; tick < ticks; tick++) {
		next.tv_nsec += TICK_NS;
		next.tv_sec += next.tv_nsec / 1000000000;
		next.tv_nsec %= 1000000000;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
		for (owed += rate; owed >= of * 10L; owed -= of * 10L) {
			at++;
			if (at % EVERY == 0) {
				done.connects += !use_socket(1024 + at % 60000);
				continue;
			}
			snprintf(path, sizeof(path), "%s/%ld", folder, at % paths);
			int fd = open(path, O_RDONLY);
			if (fd >= 0) {
				done.opens++;
				close(fd);
			}
		}
	}
	return done;
}

static int storms(char **argv)
{
	static char names[MOST_GROUPS][4096];
	double seconds = atof(argv[2]);
	long rate = atol(argv[3]), paths = atol(argv[5]);
	int groups = 0, tell[2], failed = 0, status;
	struct done all = { 0, 0 }, one;
	FILE *list = fopen(argv[6], "r");

	/* A command line of 200 groups would make every look at it cost more than that of a program. */
	while (list && groups < MOST_GROUPS && fgets(names[groups], sizeof(names[0]), list)) {
		names[groups][strcspn(names[groups], "\n")] = 0;
		groups++;
	}
	if (!groups || pipe(tell))
		return 3;
	fclose(list);
	for (int i = 0; i < groups; i++) {
		if (!fork()) {
			enter(names[i]);
			one = storm(i, groups, seconds, rate, argv[4], paths);
			_exit(write(tell[1], &one, sizeof(one)) != sizeof(one));
		}
	}
	close(tell[1]);
	while (read(tell[0], &one, sizeof(one)) == sizeof(one)) {
		all.opens += one.opens;
		all.connects += one.connects;
	}
	while (wait(&status) > 0)
		failed |= status;
	printf("%ld %ld\n", all.opens, all.connects);
	return failed ? 3 : 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "cost"))
		return cost(argv[2], atol(argv[3]));
	if (argc == 7 && !strcmp(argv[1], "storm"))
		return storms(argv);
	return 2;
}
