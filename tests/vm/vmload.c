/* SPDX-License-Identifier: Apache-2.0
 *
 * Load the sensor's object in a small virtual machine, attach all of it, and try what it forbids.
 *
 * What happens is told in lines "what: value" on the console; records are told as hexadecimal digits
 * and read by the test. The test also wrote what belongs into the maps (/maps) and which program is
 * which handler (/handlers). Linked statically with libbpf.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/io_uring.h>
#include <linux/sched.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#define GROUPS "/cg"
#define GROUP "/cg/c"
#define MOST_BYTES 65536
#define MOST_RECORDS 2000
#define PORT 9

/* As in bpf/maps.h. */
enum policy { KILL_DRIFT = 2, REFUSE_DRIFT = 4, DESTINATIONS = 16 };
struct group { uint64_t id; uint32_t v1, reserved; };
struct destination { struct group group; uint8_t address[16]; uint32_t port, reserved; };

static struct bpf_object *object;

/* The program at which loading ended, and the end of what the verifier said of it. */
static char refused[64];

static int complain(enum libbpf_print_level level, const char *form, va_list rest)
{
	static char text[1 << 24];
	const char *start = "prog '";
	char *found;

	if (level > LIBBPF_WARN)
		return 0;
	vsnprintf(text, sizeof(text), form, rest);
	found = strstr(text, start);
	if (found && strstr(text, "failed to load"))
		sscanf(found + strlen(start), "%63[^']", refused);
	found = strlen(text) > 1500 ? text + strlen(text) - 1500 : text;
	return printf("%s", found);
}

/* Load; a program that the kernel refuses is left out, and the others are tried again. */
static int load(void)
{
	static char left_out[32][64];
	unsigned missing = 0;

	for (;;) {
		struct bpf_program *program;
		int failed;

		object = bpf_object__open_file("/sensor.bpf.o", NULL);
		if (!object)
			return -errno;
		bpf_object__for_each_program(program, object) {
			bool wanted = true;

			for (unsigned n = 0; n < missing; n++)
				wanted &= strcmp(bpf_program__name(program), left_out[n]) != 0;
			bpf_program__set_autoload(program, wanted);
		}
		refused[0] = 0;
		failed = bpf_object__load(object);
		if (!failed || !refused[0] || missing == 32)
			return failed;
		strcpy(left_out[missing++], refused);
		printf("\nloaded %s: refused\n", refused);
		bpf_object__close(object);
	}
}

static int map(const char *name)
{
	return bpf_object__find_map_fd_by_name(object, name);
}

static size_t from_hex(const char *text, uint8_t *bytes, size_t most)
{
	size_t n = 0;
	unsigned value;

	for (; n < most && sscanf(text + 2 * n, "%2x", &value) == 1; n++)
		bytes[n] = (uint8_t)value;
	return n;
}

/* One line: the map's name, key and value. */
static void fill_maps(void)
{
	static char line[MOST_BYTES], name[64], key[MOST_BYTES], value[MOST_BYTES];
	static uint8_t key_bytes[MOST_BYTES / 2], value_bytes[MOST_BYTES / 2];
	FILE *file = fopen("/maps", "r");
	unsigned filled = 0;

	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%63s %65535s %65535s", name, key, value) != 3)
			continue;
		from_hex(key, key_bytes, sizeof(key_bytes));
		from_hex(value, value_bytes, sizeof(value_bytes));
		if (bpf_map_update_elem(map(name), key_bytes, value_bytes, BPF_ANY))
			printf("map %s: %s\n", name, strerror(errno));
		else
			filled++;
	}
	printf("filled: %u\n", filled);
}

/* One line: the place among the handlers, and the program's name. */
static void put_handlers(void)
{
	FILE *file = fopen("/handlers", "r");
	char name[64];
	uint32_t place;

	while (file && fscanf(file, "%u %63s", &place, name) == 2) {
		struct bpf_program *program = bpf_object__find_program_by_name(object, name);
		int fd = program ? bpf_program__fd(program) : -1;
		int failed = bpf_map_update_elem(map("handlers"), &place, &fd, BPF_ANY);

		printf("attached %s: %s\n", name, failed ? strerror(errno) : "ok");
	}
}

static void attach_all(void)
{
	int root = open(GROUPS, O_RDONLY | O_DIRECTORY);
	struct bpf_program *program;

	bpf_object__for_each_program(program, object) {
		const char *name = bpf_program__name(program);
		const char *section = bpf_program__section_name(program);
		struct bpf_link *link;

		if (!strncmp(name, "handle_", 7))
			continue;
		link = strstr(section, "cgroup") && !strstr(section, "raw_tp")
			       ? bpf_program__attach_cgroup(program, root)
			       : bpf_program__attach(program);
		printf("attached %s: %s\n", name, link ? "ok" : strerror(errno));
	}
}

/* Run a program as a grandchild inside the group: a child alone would look like an engine. */
static void run(const char *when, const char *path)
{
	pid_t child = fork();
	int status = 0;

	if (!child) {
		int procs = open(GROUP "/cgroup.procs", O_WRONLY);
		pid_t grandchild;

		if (write(procs, "0", 1) != 1)
			_exit(98);
		grandchild = fork();
		if (!grandchild) {
			execl(path, "true", "an argument", (char *)0);
			_exit(100 + errno);
		}
		waitpid(grandchild, &status, 0);
		_exit(WIFSIGNALED(status) ? 200 + WTERMSIG(status) : WEXITSTATUS(status));
	}
	waitpid(child, &status, 0);
	printf("%s %s: %d\n", when, path, WEXITSTATUS(status));
}

static void reach(const char *when)
{
	pid_t child = fork();
	int status = 0;

	if (!child) {
		struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(PORT) };
		int procs = open(GROUP "/cgroup.procs", O_WRONLY);

		if (write(procs, "0", 1) != 1)
			_exit(98);
		to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&to, sizeof(to));
		_exit(errno);
	}
	waitpid(child, &status, 0);
	printf("%s connect: %d\n", when, WEXITSTATUS(status));
}

static void forbid(struct group *group, uint32_t bits)
{
	if (bpf_map_update_elem(map("policies"), group, &bits, BPF_ANY))
		printf("policy: %s\n", strerror(errno));
}

static void try_all(const char *when)
{
	run(when, "/bin/true");
	run(when, "/tmpfs/true");
	run(when, "/merged/true");
	run(when, "/merged/dropped");
	reach(when);
}

/* Open a file by a ring: no system call opens it. */
static void open_by_ring(void)
{
	struct io_uring_params p = { 0 };
	int ring = syscall(SYS_io_uring_setup, 4, &p);
	struct io_uring_sqe *entry;
	uint32_t *queue;
	uint8_t *place;

	if (ring < 0) {
		printf("io_uring: %s\n", strerror(errno));
		return;
	}
	place = mmap(0, p.sq_off.array + 64, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
	entry = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
	entry->opcode = IORING_OP_OPENAT;
	entry->fd = AT_FDCWD;
	entry->addr = (uint64_t) "/tmpfs/by-a-ring";
	entry->len = 0600;
	entry->open_flags = O_CREAT | O_WRONLY;
	queue = (uint32_t *)(place + p.sq_off.array);
	queue[0] = 0;
	__atomic_store_n((uint32_t *)(place + p.sq_off.tail), 1, __ATOMIC_RELEASE);
	printf("io_uring: %ld\n", syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, 0, 0));
	printf("opened by a ring: %d\n", access("/tmpfs/by-a-ring", F_OK));
}

/* Make a process in a namespace of its own by the call whose flags stand in a struct. */
static void clone_into_namespace(void)
{
	struct clone_args given = { .flags = CLONE_NEWUTS, .exit_signal = SIGCHLD };
	pid_t child = syscall(SYS_clone3, &given, sizeof(given));

	if (!child)
		_exit(0);
	printf("clone3: %d\n", child > 0 ? 0 : -errno);
	waitpid(child, NULL, 0);
}

static int tell(void *context, void *data, size_t size)
{
	unsigned *told = context;
	const uint8_t *bytes = data;

	if ((*told)++ >= MOST_RECORDS)
		return 0;
	printf("record: ");
	for (size_t n = 0; n < size; n++)
		printf("%02x", bytes[n]);
	printf("\n");
	return 0;
}

static void tell_records(void)
{
	unsigned told = 0;
	struct ring_buffer *rings = ring_buffer__new(map("urgent"), tell, &told, NULL);

	if (!rings || ring_buffer__add(rings, map("bulk"), tell, &told))
		printf("rings: %s\n", strerror(errno));
	else
		ring_buffer__consume(rings);
	printf("records: %u\n", told);
}

int main(void)
{
	struct group group = { 0 };
	struct destination there = { 0 };
	uint8_t mapped[16] = { [10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1 };
	struct utsname names;
	struct stat found;

	setvbuf(stdout, NULL, _IOLBF, MOST_BYTES);
	libbpf_set_print(complain);
	uname(&names);
	printf("kernel: %s\n", names.release);
	printf("load: %d\n", load());
	fill_maps();
	put_handlers();
	attach_all();

	if (mkdir(GROUP, 0755) || stat(GROUP, &found))
		printf("group: %s\n", strerror(errno));
	group.id = found.st_ino;
	there.group = group;
	memcpy(there.address, mapped, sizeof(mapped));
	there.port = PORT;
	try_all("free");
	if (bpf_map_update_elem(map("denied_destinations"), &there, &(uint32_t){ 1 }, BPF_ANY))
		printf("destination: %s\n", strerror(errno));
	forbid(&group, REFUSE_DRIFT | DESTINATIONS);
	try_all("refused");
	forbid(&group, KILL_DRIFT);
	try_all("killed");
	open_by_ring();
	clone_into_namespace();
	run("free", "/narrow");
	tell_records();
	printf("end: 0\n");
	fflush(stdout);
	return 0;
}
