/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * What the sensor shares with user space, and its scratch memory.
 */
#pragma once

/* An `and` that the compiler cannot reason away: the verifier has to see the bound. */
#define BOUND(value, mask) asm volatile("%0 &= %1" : "+r"(value) : "i"(mask))

#define PATH_BYTES 1024
#define NAME_BYTES 256
#define RECORD_BYTES 16384
#define RECORD_SLACK 8192

/* What to do with one system call; user space fills the table, by number (calls.py). */
struct call {
	u16 type;
	u8 handler;	/* index into `handlers` */
	u8 options;
	u8 slot[SLOTS];
	u8 directory[SLOTS];	/* argument that holds the directory's descriptor, or NO_ARGUMENT */
	u8 text[SLOTS];	/* argument that holds the text or the descriptor */
	u8 first, second;	/* what the handler says */
	u8 local;	/* socket: the address given is the own one */
};
#define NO_ARGUMENT 7
#define CALLS_OF_ONE_KIND 1024
#define COMPAT_CALLS CALLS_OF_ONE_KIND
#define SOCKETCALLS (2 * CALLS_OF_ONE_KIND)
#define MOST_CALLS (SOCKETCALLS + 32)

enum handler {
	HANDLE_NONE = 0,
	HANDLE_OPEN = 1,
	HANDLE_NAMES = 2,
	HANDLE_SOCKET = 3,
	HANDLE_DUP = 4,
	HANDLE_MAP = 5,
	HANDLE_SOCKETCALL = 6,	/* done by the dispatcher itself */
	MOST_HANDLERS = 8,
};

enum option {
	OPTION_HOW = 1,		/* open: struct open_how at `first` */
	OPTION_CREATE = 2,	/* open: creat */
	OPTION_ALWAYS = 4,	/* open: told whatever the path, once the call is wanted */
	OPTION_FAILED = 1,	/* names: only failures other than "not there" (exec) */
	OPTION_CREDENTIALS = 2,	/* names: tell the capabilities afterwards */
	OPTION_ATTRIBUTES = 4,	/* names: bpf(2): type and name out of the attributes */
	OPTION_CLONE3 = 8,	/* names: flags stand in a struct */
	OPTION_TARGET = 16,	/* names: the process that a signal, ptrace or pidfd means */
	OPTION_PIDFD = 32,	/* names: `first` is a pidfd */
	OPTION_FLAGS = 64,	/* names: only where the flags at `first` hold a new namespace */
	OPTION_MODULE = 128,	/* names: the module's own name */
	OPTION_ADDRESS = 1,	/* socket: a sockaddr stands at `second` */
	OPTION_MESSAGE = 2,	/* socket: a msghdr stands at `second` */
	OPTION_RESULT = 4,	/* socket, dup: the descriptor is the result */
	OPTION_ASKED = 8,	/* socket: the address given is what was asked for */
	OPTION_HEARD = 32,	/* socket: the address is the kernel's answer */
	OPTION_DATA = 64,	/* socket: tell what was sent or received, its first bytes */
	OPTION_COMMAND = 16,	/* dup: fcntl, only F_DUPFD and F_DUPFD_CLOEXEC */
	OPTION_OLD = 1,		/* map: arguments stand in memory (i386) */
};

/* Which opens are wanted, and which events that are no calls. */
enum opens { OPENS_ALL = 1, OPENS_WRITES = 2, OPENS_FAILED = 4, OPENS_NAMES = 8, OPENS_PREFIXES = 16, OPENS_ENDINGS = 32, OPENS_UPPER = 64 };

#define ENVIRONMENT_WORDS 16
struct settings {
	u32 opens;
	u32 endings;	/* bit n: there is an ending of n bytes */
	u32 types;	/* bit TYPE_*: wanted */
	u32 policies;	/* how many control groups have one */
	u32 repeats;	/* 1: equal acts of one process are counted, not sent */
	u32 calls_seen;	/* 1: keep the bitmaps of calls */
	u32 words;	/* how many of the words below are set */
	u32 mark_bulk, mark_urgent;	/* wake the reader as the backlog crosses these bytes */
	u32 reserved;
	u64 word[ENVIRONMENT_WORDS], mask[ENVIRONMENT_WORDS];	/* first 8 bytes of wanted variables */
};

#define MAP(name, kind, entries, key_type, value_type) \
	struct { __uint(type, kind); __uint(max_entries, entries); __type(key, key_type); __type(value, value_type); } name SEC(".maps")
#define MAP_GROWING(name, kind, entries, key_type, value_type) \
	struct { __uint(type, kind); __uint(max_entries, entries); __uint(map_flags, BPF_F_NO_PREALLOC); \
		 __type(key, key_type); __type(value, value_type); } name SEC(".maps")

struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 1 << 24); } bulk SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 1 << 22); } urgent SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, MOST_HANDLERS); __type(key, u32); __type(value, u32); } handlers SEC(".maps");

MAP(calls, BPF_MAP_TYPE_ARRAY, MOST_CALLS, u32, struct call);
MAP(settings, BPF_MAP_TYPE_ARRAY, 1, u32, struct settings);
MAP_GROWING(ignored, BPF_MAP_TYPE_HASH, 256, u32, u32);

/* Filters of opens. A key that is cut lets more through, never less. */
#define PREFIX_BYTES 96
struct prefix { u32 bits; u8 text[PREFIX_BYTES]; };
struct file_name { u8 text[64]; };
struct ending { u8 length, text[8], reserved[7]; };
MAP_GROWING(prefixes, BPF_MAP_TYPE_LPM_TRIE, 1024, struct prefix, u32);
MAP_GROWING(file_names, BPF_MAP_TYPE_HASH, 4096, struct file_name, u32);
MAP_GROWING(endings, BPF_MAP_TYPE_HASH, 1024, struct ending, u32);

/* What a control group may not do; found for a task in its groups, from the innermost outwards. */
enum policy { POLICY_MUTE = 1, POLICY_KILL_DRIFT = 2, POLICY_REFUSE_DRIFT = 4, POLICY_FILES = 8, POLICY_DESTINATIONS = 16 };
#define POLICY_TABLES (POLICY_FILES | POLICY_DESTINATIONS)
struct group { u64 id; u32 v1, reserved; };
struct denied_file { struct group group; u64 inode; u32 device, reserved; };
struct destination { struct group group; u8 address[16]; u32 port, reserved; };
MAP_GROWING(policies, BPF_MAP_TYPE_HASH, 8192, struct group, u32);
MAP_GROWING(denied_files, BPF_MAP_TYPE_HASH, 8192, struct denied_file, u32);
MAP_GROWING(denied_destinations, BPF_MAP_TYPE_HASH, 65536, struct destination, u32);

/* Equal acts of one process: the first was sent as `stream`/`sequence`, the others are counted. */
struct act { u32 process, image; u64 what, more, where, detail; u32 type, fd; };
struct repeats { u64 sequence, last; u32 stream, count; };
MAP(repeated, BPF_MAP_TYPE_HASH, 16384, struct act, struct repeats);

/* Which calls the programs of a container have used: bit n of the native numbering. */
struct calls_used { u64 bits[8]; };
MAP(node, BPF_MAP_TYPE_ARRAY, 1, u32, u32);	/* its mount namespace, once it is known */
MAP_GROWING(calls_seen, BPF_MAP_TYPE_HASH, 4096, struct group, struct calls_used);

/* Counted per processor: sequence numbers of each class of stream, and losses of each type. */
enum class { CLASS_BULK = 0, CLASS_URGENT = 1, CLASS_BULK_NET = 2, CLASS_URGENT_HOOK = 3, CLASSES = 4 };
enum { COUNT_FILTERED = MOST_TYPES, COUNT_BUSY, COUNTERS };
MAP(sequences, BPF_MAP_TYPE_PERCPU_ARRAY, CLASSES, u32, u64);
MAP(lost, BPF_MAP_TYPE_PERCPU_ARRAY, COUNTERS, u32, u64);

/* Whom the last signal of a task reached; the name of the module a task loads. */
struct module_name { char text[56]; };
MAP(signalled, BPF_MAP_TYPE_LRU_HASH, 1024, u64, u32);
MAP(modules, BPF_MAP_TYPE_LRU_HASH, 64, u64, struct module_name);

/* Flags of the last clone of a task that makes namespaces, as the kernel took them. */
MAP(cloned, BPF_MAP_TYPE_LRU_HASH, 1024, u64, u64);

/* Who sent a DNS question, for the answer: what is known outside of any process. */
struct flow { u8 remote[16]; u16 local_port, remote_port; u32 reserved; };
struct asker { u32 pid, tid, parent, uid, gid, mount_namespace, pid_namespace, reserved; u64 cgroup, cgroup_v1; char comm[16]; };
MAP(askers, BPF_MAP_TYPE_LRU_HASH, 4096, struct flow, struct asker);

/* One processor's memory for the call it looks at. `busy` guards it where programs can be preempted. */
struct work {
	u32 busy, used;
	u32 start, root, cut, reserved;	/* of the last walked path */
	u64 arguments[8];	/* [NO_ARGUMENT] stays 0 */
	s64 result;
	struct call call;
	u32 compat;
	u32 reserved2;
	u8 path[PATH_BYTES + NAME_BYTES];
	u8 text[NAME_BYTES];
	u8 record[RECORD_BYTES + RECORD_SLACK];
};
MAP(works, BPF_MAP_TYPE_PERCPU_ARRAY, 1, u32, struct work);

static __always_inline struct work *work(void)
{
	u32 zero = 0;

	return bpf_map_lookup_elem(&works, &zero);
}

static __always_inline struct settings *wanted(void)
{
	u32 zero = 0;

	return bpf_map_lookup_elem(&settings, &zero);
}

static __always_inline void count(u32 index)
{
	u64 *value = bpf_map_lookup_elem(&lost, &index);

	if (value)
		__sync_fetch_and_add(value, 1);
}

/* Take the scratch memory, or count what is not seen because somebody was interrupted in it. */
static __always_inline struct work *take(u32 type)
{
	struct work *w = work();

	if (!w)
		return 0;
	if (w->busy) {
		count(COUNT_BUSY);
		count(type);
		return 0;
	}
	w->busy = 1;
	w->used = 0;
	w->cut = 0;
	return w;
}

static __always_inline void give_back(struct work *w)
{
	w->busy = 0;
}
