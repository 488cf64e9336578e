/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * The layout of what the kernel hands out; `formats/kernel_events/layout.py` is its twin, and a
 * test compares the two. Little endian, packed by hand: every field stands at a multiple of its
 * size. Texts stand behind the fixed part, one after the other, not ended by NUL.
 */
#pragma once

/* The shape of a record. */
enum shape {
	SHAPE_EXECUTED = 1,
	SHAPE_FORKED = 2,
	SHAPE_EXITED = 3,
	SHAPE_OPENED = 4,
	SHAPE_NAMES = 5,
	SHAPE_SOCKET = 6,
	SHAPE_DUPLICATED_FILE = 7,
	SHAPE_DUPLICATED_SOCKET = 8,
	SHAPE_DNS = 9,
	SHAPE_CGROUP = 10,
	SHAPE_REFUSED = 11,
};

/* Event types that are no system call; those of calls start at TYPE_FIRST_CALL (layout.py). */
enum type {
	TYPE_EXECVE = 1,
	TYPE_FORK = 2,
	TYPE_PROCEXIT = 3,
	TYPE_MMAP_EXEC = 4,
	TYPE_DNS = 5,
	TYPE_IO_URING_SUBMIT = 6,
	TYPE_CGROUP_MKDIR = 7,
	TYPE_CGROUP_RMDIR = 8,
	TYPE_CGROUP_ATTACH = 9,
	TYPE_REFUSED = 10,
	TYPE_FIRST_CALL = 16,
};
#define MOST_TYPES 256

enum record_flag {
	FLAG_CUT = 1,
	FLAG_UPPER = 2,
	FLAG_MEMFD = 4,
	FLAG_COMPAT = 8,
	FLAG_TMPFS = 16,
	FLAG_FIRST = 32, /* acts like it may be counted from now on, not told */
};

/* What a text of SHAPE_NAMES is; the same numbers stand in a call's slots. */
enum slot {
	SLOT_NONE = 0,
	SLOT_TEXT = 1,	 /* a text as it was passed */
	SLOT_NAME = 2,	 /* a file name, relative to a directory */
	SLOT_FILE = 3,	 /* the path of a descriptor */
	SLOT_HERE = 4,	 /* the directory of the process after the call */
};
#define SLOTS 3

struct header {
	u16 size;
	u8 shape, flags;
	u16 type, reserved;
	u32 stream;
	u32 pid;
	u64 sequence;
	u64 time;
	u32 tid, parent, uid, gid;
	u32 mount_namespace, pid_namespace;
	u32 count, reserved2;
	u64 cgroup, cgroup_v1;
	s64 result;
	char comm[16];
};

struct executed {
	struct header header;
	u64 inode;
	u64 cap_effective, cap_permitted, cap_inheritable;
	s64 changed_s, modified_s;
	u32 changed_ns, modified_ns;
	u32 device, login_uid, session, process_group, virtual_pid, tty;
	u16 path, root, called, interpreter, directory, arguments, environment, reserved;
};

struct forked { struct header header; u32 child, virtual_child; };
struct exited { struct header header; s32 code; u32 reserved; u64 started; };

/* What is known of an open file; `path` counts the bytes inside the root, `root` those outside. */
struct opened_facts {
	u64 inode;
	u32 device, flags, mode, kind;
	s32 fd;
	u16 path, root, given, reserved;
	u32 reserved2;
};
struct opened { struct header header; struct opened_facts facts; };

struct names {
	struct header header;
	u64 arguments[6];
	u64 extra[3];
	u8 slot[SLOTS], reserved;
	u16 base[SLOTS], text[SLOTS];
};

struct socket_facts {
	s32 fd;
	u16 family, kind;
	u32 protocol;
	u16 local_port, remote_port;
	u8 local[16], remote[16];
	u16 path, data;	/* what was sent or received stands behind the path */
};
struct socketed { struct header header; struct socket_facts facts; u32 reserved; };

struct duplicated_file { struct header header; s32 old, new; struct opened_facts facts; };
struct duplicated_socket { struct header header; s32 old, new; struct socket_facts facts; u32 reserved; };

#define DNS_BYTES 1024
struct dns {
	struct header header;
	u8 source[16], target[16];
	u16 source_port, target_port, length;
	u8 family, outgoing;
	u8 payload[DNS_BYTES];
};

struct cgrouped { struct header header; u64 id; u32 hierarchy, task; u16 path, reserved[3]; };

#define REFUSED_BYTES 256
enum measure { MEASURE_KILL = 1, MEASURE_REFUSE = 2, MEASURE_DESTINATION = 3 };
struct refused {
	struct header header;
	u64 inode;
	u32 device, measure;
	u8 address[16];
	u16 port, length;
	u32 reserved;
	char path[REFUSED_BYTES];
};
