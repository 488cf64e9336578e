/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * Stop what a control group may not do.
 *
 * A drifted program (overlay's writable layer, memfd, tmpfs) or a named file is refused by LSM
 * where the kernel allows that; else killed inside its own execution, before its first instruction.
 * A destination is refused as the socket call is made, io_uring's too. Never pid 1, never one of
 * pratique's own processes. An engine that enters a container (runc runs itself from a memfd, still
 * in the node's mount namespace, as a child of a process outside) is left alone.
 *
 * These programs may be preempted: they have no scratch memory, but a fixed record of the ring.
 */
#pragma once

#define EPERM_ 1
#define SIGKILL_ 9

static __always_inline struct refused *refusal(u32 measure)
{
	struct refused *r = bpf_ringbuf_reserve(&urgent, sizeof(*r), 0);

	if (!r) {
		u32 class = CLASS_URGENT_HOOK;
		u64 *next = bpf_map_lookup_elem(&sequences, &class);

		/* The gap in the numbers says that one is missing. */
		if (next)
			__sync_fetch_and_add(next, 1);
		count(TYPE_REFUSED);
		return 0;
	}
	who(&r->header, SHAPE_REFUSED, TYPE_REFUSED);
	r->header.size = sizeof(*r);
	r->header.result = measure == MEASURE_KILL ? 0 : -EPERM_;
	number_it(&r->header, CLASS_URGENT_HOOK);
	r->inode = 0;
	r->device = 0;
	r->measure = measure;
	__builtin_memset(r->address, 0, sizeof(r->address));
	r->port = 0;
	r->length = 0;
	r->reserved = 0;
	return r;
}

static __always_inline void tell_file(struct linux_binprm *b, u32 measure)
{
	struct file *file = BPF_CORE_READ(b, file);
	struct refused *r = refusal(measure);
	long n;

	if (!r)
		return;
	r->inode = BPF_CORE_READ(file, f_inode, i_ino);
	r->device = BPF_CORE_READ(file, f_inode, i_sb, s_dev);
	n = bpf_probe_read_kernel_str(r->path, REFUSED_BYTES, BPF_CORE_READ(b, filename));
	r->length = n > 0 ? n - 1 : 0;
	bpf_ringbuf_submit(r, BPF_RB_FORCE_WAKEUP);
}

static __always_inline bool file_is_denied(struct group *group, struct file *file)
{
	struct denied_file key = { .group = *group };

	key.inode = BPF_CORE_READ(file, f_inode, i_ino);
	key.device = BPF_CORE_READ(file, f_inode, i_sb, s_dev);
	return bpf_map_lookup_elem(&denied_files, &key) != 0;
}

/* The engine's own step into the container: not yet in its namespaces, and no child of its. */
static __always_inline bool is_engine(struct task_struct *t)
{
	struct task_struct *parent = BPF_CORE_READ(t, real_parent);
	struct group found;

	return BPF_CORE_READ(t, nsproxy, mnt_ns) == BPF_CORE_READ(parent, nsproxy, mnt_ns) && !policy_of(parent, &found);
}

static __always_inline bool is_forbidden(struct task_struct *t, struct linux_binprm *b, u32 drift)
{
	struct file *file = BPF_CORE_READ(b, file);
	struct group found;
	u32 bits = policy_of(t, &found);

	if (!(bits & (drift | POLICY_FILES)) || BPF_CORE_READ(t, tgid) == 1 || is_ignored() || is_engine(t))
		return false;
	if (bits & POLICY_FILES && file_is_denied(&found, file))
		return true;
	return bits & drift && layer_flags(file) & (FLAG_UPPER | FLAG_MEMFD | FLAG_TMPFS);
}

static __always_inline void enforce_exec(struct task_struct *t, struct linux_binprm *b, u8 flags)
{
	if (!is_forbidden(t, b, POLICY_KILL_DRIFT))
		return;
	bpf_send_signal(SIGKILL_);
	tell_file(b, MEASURE_KILL);
}

SEC("?lsm/bprm_check_security")
int refuse_exec(u64 *c)
{
	struct linux_binprm *b = (void *)c[0];

	if (!is_forbidden(current(), b, POLICY_REFUSE_DRIFT))
		return 0;
	tell_file(b, MEASURE_REFUSE);
	return -EPERM_;
}

/* Asked for three times: this address and port, this address, this port anywhere; 0 and nothing: all. */
static __always_inline bool destination_is_denied(struct group *group, u8 *address, u16 port)
{
	struct destination key = { .group = *group };

	if (bpf_map_lookup_elem(&denied_destinations, &key))
		return true;
	key.port = port;
	if (bpf_map_lookup_elem(&denied_destinations, &key))
		return true;
	__builtin_memcpy(key.address, address, 16);
	if (bpf_map_lookup_elem(&denied_destinations, &key))
		return true;
	key.port = 0;
	return bpf_map_lookup_elem(&denied_destinations, &key) != 0;
}

static __always_inline int may_reach(u8 *address, u16 port)
{
	struct group found = {};
	struct refused *r;

	if (!(policy_of(current(), &found) & POLICY_DESTINATIONS) || is_ignored())
		return 1;
	if (!destination_is_denied(&found, address, port))
		return 1;
	r = refusal(MEASURE_DESTINATION);
	if (r) {
		__builtin_memcpy(r->address, address, 16);
		r->port = port;
		bpf_ringbuf_submit(r, BPF_RB_FORCE_WAKEUP);
	}
	return 0;
}

static __always_inline int may_reach_ipv4(struct bpf_sock_addr *c)
{
	u8 address[16];

	ipv4(address, c->user_ip4);
	return may_reach(address, swapped(c->user_port));
}

static __always_inline int may_reach_ipv6(struct bpf_sock_addr *c)
{
	u32 address[4] = { c->user_ip6[0], c->user_ip6[1], c->user_ip6[2], c->user_ip6[3] };

	return may_reach((u8 *)address, swapped(c->user_port));
}

SEC("?cgroup/connect4") int deny_connect4(struct bpf_sock_addr *c) { return may_reach_ipv4(c); }
SEC("?cgroup/connect6") int deny_connect6(struct bpf_sock_addr *c) { return may_reach_ipv6(c); }
SEC("?cgroup/sendmsg4") int deny_sendmsg4(struct bpf_sock_addr *c) { return may_reach_ipv4(c); }
SEC("?cgroup/sendmsg6") int deny_sendmsg6(struct bpf_sock_addr *c) { return may_reach_ipv6(c); }
