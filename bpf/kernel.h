/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * The few kernel types that the sensor looks into, written by hand.
 *
 * Every struct names only the fields we read; `preserve_access_index` makes the loader move each
 * access to where the running kernel keeps the field (CO-RE), so order and size here mean nothing
 * and the object can be built on any machine to the same bytes. The context structs at the end are
 * the kernel's stable interface: their layout is exact and is not relocated.
 */
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed int s32;
typedef signed long long s64;
typedef u8 __u8;
typedef u16 __u16;
typedef u32 __u32;
typedef u64 __u64;
typedef short __s16;
typedef s32 __s32;
typedef s64 __s64;
typedef u16 __be16;
typedef u32 __be32;
typedef u64 __be64;
typedef u32 __wsum;
typedef _Bool bool;
enum { false = 0, true = 1 };

/* include/uapi/linux/bpf.h */
enum {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PROG_ARRAY = 3,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_LRU_HASH = 9,
	BPF_MAP_TYPE_LPM_TRIE = 11,
	BPF_MAP_TYPE_RINGBUF = 27,
};
enum { BPF_ANY = 0, BPF_NOEXIST = 1 };
enum { BPF_F_NO_PREALLOC = 1 };
enum { BPF_RB_NO_WAKEUP = 1, BPF_RB_FORCE_WAKEUP = 2 };
enum { BPF_RB_AVAIL_DATA = 0 };

#define __core __attribute__((preserve_access_index))

enum cgroup_subsys_id { pids_cgrp_id = 7 };

struct list_head { struct list_head *next; } __core;
struct ns_common { unsigned int inum; } __core;
struct mnt_namespace { struct ns_common ns; } __core;
struct pid_namespace { struct ns_common ns; unsigned int level; } __core;
struct nsproxy { struct mnt_namespace *mnt_ns; } __core;
struct upid { int nr; struct pid_namespace *ns; } __core;
struct pid { unsigned int level; struct upid numbers[1]; } __core;

struct kernfs_node { u64 id; } __core;
struct cgroup_root { int hierarchy_id; } __core;
struct cgroup;
struct cgroup_subsys_state { struct cgroup *cgroup; struct cgroup_subsys_state *parent; } __core;
struct cgroup { struct cgroup_subsys_state self; struct kernfs_node *kn; struct cgroup_root *root; } __core;
struct css_set { struct cgroup_subsys_state *subsys[16]; struct cgroup *dfl_cgrp; } __core;

struct qstr { u32 len; const unsigned char *name; } __core;
struct super_block { u32 s_dev; unsigned long s_magic; } __core;
struct timespec64 { s64 tv_sec; long tv_nsec; } __core;
struct inode {
	unsigned short i_mode;
	struct super_block *i_sb;
	unsigned long i_ino;
	unsigned int i_nlink;
	void *i_private;
	/* Linux 6.11 and later */
	s64 i_mtime_sec, i_ctime_sec;
	u32 i_mtime_nsec, i_ctime_nsec;
} __core;
struct inode___before_6_6 { struct timespec64 i_mtime, i_ctime; } __core;
struct inode___before_6_11 { struct timespec64 i_mtime, __i_mtime, __i_ctime; } __core;
struct dentry { struct dentry *d_parent; struct qstr d_name; struct inode *d_inode; } __core;
struct vfsmount { struct dentry *mnt_root; } __core;
struct mount { struct mount *mnt_parent; struct dentry *mnt_mountpoint; struct vfsmount mnt; struct mnt_namespace *mnt_ns; } __core;
struct path { struct vfsmount *mnt; struct dentry *dentry; } __core;
struct file { struct path f_path; struct inode *f_inode; void *private_data; unsigned int f_flags; } __core;
struct fdtable { unsigned int max_fds; struct file **fd; } __core;
struct files_struct { struct fdtable *fdt; } __core;
struct fs_struct { struct path root, pwd; } __core;
struct filename { const char *name; } __core;

/* One 64-bit word since Linux 6.3, two 32-bit words before: the same eight bytes here. */
typedef struct { u64 val; } kernel_cap_t;
typedef struct { u32 val; } kuid_t;
typedef struct { u32 val; } kgid_t;
struct cred { kuid_t uid; kgid_t gid; kernel_cap_t cap_inheritable, cap_permitted, cap_effective; } __core;

struct tty_driver { int major, minor_start; } __core;
struct tty_struct { struct tty_driver *driver; int index; } __core;
typedef struct { int counter; } atomic_t;
struct signal_struct { atomic_t live; int group_exit_code; struct tty_struct *tty; struct pid *pids[4]; } __core;
enum pid_type { PIDTYPE_PID, PIDTYPE_TGID, PIDTYPE_PGID, PIDTYPE_SID };
struct mm_struct { struct file *exe_file; unsigned long arg_start, arg_end, env_start, env_end; } __core;
struct thread_info { unsigned long flags; u32 status; } __core;
struct task_struct {
	struct thread_info thread_info;
	struct mm_struct *mm;
	int pid, tgid, exit_code;
	struct task_struct *real_parent, *group_leader;
	struct list_head ptraced, ptrace_entry;
	struct pid *thread_pid;
	u64 start_boottime;
	const struct cred *cred;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	struct fs_struct *fs;
	struct files_struct *files;
	struct css_set *cgroups;
	kuid_t loginuid;
	char comm[16];
	u64 self_exec_id;
} __core;
struct linux_binprm { struct file *file; const char *filename, *interp; } __core;
struct kernel_siginfo { int si_signo, si_code; } __core;
struct module { char name[56]; } __core;

/* The saved registers of a system call, by machine; the loader keeps the branch that exists. */
struct pt_regs {} __core;
struct pt_regs___x86 { unsigned long bp, bx, r10, r9, r8, ax, cx, dx, si, di, orig_ax; } __core;
struct pt_regs___arm64 { u64 regs[31]; u64 orig_x0; s32 syscallno; } __core;

struct in6_addr { u8 u6_addr8[16]; };
struct sock_common {
	unsigned short skc_family;
	u32 skc_daddr, skc_rcv_saddr;
	u16 skc_dport, skc_num;
	struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
} __core;
struct sock { struct sock_common __sk_common; u16 sk_protocol, sk_type; } __core;
struct socket { short type; struct sock *sk; } __core;
struct sockaddr_un { u16 sun_family; char sun_path[108]; } __core;
struct unix_address { int len; struct sockaddr_un name[1]; } __core;
struct unix_sock { struct sock sk; struct unix_address *addr; struct sock *peer; } __core;

/* io_uring; the structs of single operations lie over the request's first field. */
struct io_cqe { s32 fd; } __core;
struct io_kiocb { struct file *file; u8 opcode; void *ctx; struct io_cqe cqe; } __core;
struct io_open { struct filename *filename; } __core;
struct io_unlink { struct filename *filename; } __core;
struct io_rename { struct filename *oldpath, *newpath; } __core;
struct io_mkdir { struct filename *filename; } __core;
struct io_link { struct filename *oldpath, *newpath; } __core;

/* Contexts: the kernel's stable interface, with exact layout. */
struct bpf_raw_tracepoint_args { u64 args[8]; };
struct bpf_sock_addr {
	u32 user_family, user_ip4, user_ip6[4], user_port;
	u32 family, type, protocol;
	u32 msg_src_ip4, msg_src_ip6[4];
};
struct __sk_buff { u32 len, pkt_type, mark, queue_mapping, protocol; };
