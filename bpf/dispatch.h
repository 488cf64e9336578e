/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * One program at the end of every system call sends the wanted ones to their handler.
 *
 * The end is enough: arguments still stand in the saved registers, the result is known, memory that
 * the call read is present, and calls that seccomp refused end too (they never reach sys_enter).
 * Each handler is a program of its own, so one that an odd kernel refuses takes no other with it.
 * 32-bit calls have other numbers: they have their own half of the table, also when a 64-bit
 * program makes them; x32 calls are the native ones with a mark.
 */
#pragma once

#define X32_MARK 0x40000000

static __always_inline s32 saved_registers(void *regs, struct work *w, bool compat)
{
	w->arguments[6] = w->arguments[7] = 0;
	if (bpf_core_field_exists(struct pt_regs___x86, orig_ax)) {
		struct pt_regs___x86 *r = regs;

		if (compat) {
			w->arguments[0] = (u32)BPF_CORE_READ(r, bx);
			w->arguments[1] = (u32)BPF_CORE_READ(r, cx);
			w->arguments[2] = (u32)BPF_CORE_READ(r, dx);
			w->arguments[3] = (u32)BPF_CORE_READ(r, si);
			w->arguments[4] = (u32)BPF_CORE_READ(r, di);
			w->arguments[5] = (u32)BPF_CORE_READ(r, bp);
		} else {
			w->arguments[0] = BPF_CORE_READ(r, di);
			w->arguments[1] = BPF_CORE_READ(r, si);
			w->arguments[2] = BPF_CORE_READ(r, dx);
			w->arguments[3] = BPF_CORE_READ(r, r10);
			w->arguments[4] = BPF_CORE_READ(r, r8);
			w->arguments[5] = BPF_CORE_READ(r, r9);
		}
	} else if (bpf_core_field_exists(struct pt_regs___arm64, syscallno)) {
		struct pt_regs___arm64 *r = regs;

		w->arguments[0] = BPF_CORE_READ(r, orig_x0);
		w->arguments[1] = BPF_CORE_READ(r, regs[1]);
		w->arguments[2] = BPF_CORE_READ(r, regs[2]);
		w->arguments[3] = BPF_CORE_READ(r, regs[3]);
		w->arguments[4] = BPF_CORE_READ(r, regs[4]);
		w->arguments[5] = BPF_CORE_READ(r, regs[5]);
	}
	return 0;
}

static __always_inline s32 call_number(void *regs)
{
	if (bpf_core_field_exists(struct pt_regs___x86, orig_ax))
		return BPF_CORE_READ((struct pt_regs___x86 *)regs, orig_ax);
	if (bpf_core_field_exists(struct pt_regs___arm64, syscallno))
		return BPF_CORE_READ((struct pt_regs___arm64 *)regs, syscallno);
	return -1;
}

#define MOST_PARENTS 64

/* The mount namespace of the node: that of its first process. 0 where the way up is too long. */
static __always_inline u32 node_mounts(struct task_struct *t)
{
	u32 zero = 0, *known = bpf_map_lookup_elem(&node, &zero);

	if (!known || *known)
		return known ? *known : 0;
	for (int i = 0; i < MOST_PARENTS; i++) {
		if (BPF_CORE_READ(t, tgid) == 1) {
			*known = BPF_CORE_READ(t, nsproxy, mnt_ns, ns.inum);
			return *known;
		}
		t = BPF_CORE_READ(t, real_parent);
	}
	return 0;
}

/*
 * Whether a task is a program of a container, told by where its program was mounted.
 *
 * A runtime that makes a container works inside its control group and its mount namespace, but its
 * own program lies on a mount of the node, or in memory with a parent on the node.
 */
static __always_inline bool is_workload(struct task_struct *t)
{
	u32 node = node_mounts(t);
	u32 mine = BPF_CORE_READ(t, nsproxy, mnt_ns, ns.inum), program;
	struct vfsmount *v = BPF_CORE_READ(t, mm, exe_file, f_path.mnt);
	struct mount *m = (void *)v - bpf_core_field_offset(struct mount, mnt);

	if (!node)
		return true;
	if (mine == node || !v)
		return false;
	program = BPF_CORE_READ(m, mnt_ns, ns.inum);
	if (program)
		return program != node;
	return BPF_CORE_READ(t, real_parent, nsproxy, mnt_ns, ns.inum) != node;
}

static __always_inline void note_call(u32 nr)
{
	struct task_struct *t = current();
	struct cgroup *v1 = group_v1(t);
	struct group key = { v1 ? group_id(v1) : group_id(group_v2(t)), v1 ? 1 : 0, 0 };
	struct calls_used *used = bpf_map_lookup_elem(&calls_seen, &key);
	u64 bit = 1ULL << (nr & 63);
	u32 index = nr >> 6 & 7;

	if ((used && used->bits[index] & bit) || !is_workload(t))
		return;
	if (!used) {
		struct calls_used none = {};

		bpf_map_update_elem(&calls_seen, &key, &none, BPF_NOEXIST);
		used = bpf_map_lookup_elem(&calls_seen, &key);
		if (!used)
			return;
	}
	__sync_fetch_and_or(&used->bits[index], bit);
}

/* i386 packs the socket calls into one: its number and arguments stand in memory. */
static __always_inline struct call *unpacked_socketcall(struct work *w)
{
	u32 packed[6] = {};
	u32 index = SOCKETCALLS + (w->arguments[0] & 31);

	bpf_probe_read_user(packed, sizeof(packed), (void *)w->arguments[1]);
	for (int i = 0; i < 6; i++)
		w->arguments[i] = packed[i];
	return bpf_map_lookup_elem(&calls, &index);
}

SEC("raw_tp/sys_exit")
int on_call(struct bpf_raw_tracepoint_args *c)
{
	void *regs = (void *)c->args[0];
	struct settings *s = wanted();
	bool compat = is_compat(current());
	s32 nr = call_number(regs);
	struct call *call;
	struct work *w;
	u32 index;

	if (nr < 0 || !s)
		return 0;
	if (!compat)
		nr &= ~X32_MARK;
	index = nr;
	if (index >= CALLS_OF_ONE_KIND)
		return 0;
	if (s->calls_seen && !compat && index < 512)
		note_call(index);
	if (compat)
		index += COMPAT_CALLS;
	call = bpf_map_lookup_elem(&calls, &index);
	if (!call || !call->handler || is_ignored())
		return 0;
	w = take(call->type);
	if (!w)
		return 0;
	saved_registers(regs, w, compat);
	w->result = (s64)c->args[1];
	w->compat = compat;
	if (call->handler == HANDLE_SOCKETCALL) {
		call = unpacked_socketcall(w);
		if (!call || !call->handler)
			goto out;
	}
	w->call = *call;
	bpf_tail_call(c, &handlers, call->handler);
	/* Nobody handles it here: it is said at the start that this kind is blind. */
	count(call->type & (MOST_TYPES - 1));
out:
	give_back(w);
	return 0;
}
