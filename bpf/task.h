/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * Who acts: the head of every record, control groups, namespaces, descriptors.
 */
#pragma once

#define MOST_GROUPS 12
#define S_IFMT_ 0170000
#define S_IFSOCK_ 0140000

static __always_inline struct task_struct *current(void)
{
	return (struct task_struct *)bpf_get_current_task();
}

static __always_inline bool is_ignored(void)
{
	u32 process = bpf_get_current_pid_tgid() >> 32;

	return bpf_map_lookup_elem(&ignored, &process) != 0;
}

/* One set of capabilities: 64 bits in one number since 6.3, in two before. */
#define capabilities(field) ({ \
	u64 set_ = 0; \
	bpf_core_read(&set_, sizeof(set_), field); \
	set_; \
})

/* The group in the v2 hierarchy. */
static __always_inline struct cgroup *group_v2(struct task_struct *t)
{
	return BPF_CORE_READ(t, cgroups, dfl_cgrp);
}

/* The group in the v1 hierarchy of the pids controller; 0 where there is no such hierarchy. */
static __always_inline struct cgroup *group_v1(struct task_struct *t)
{
	struct cgroup_subsys_state *state = 0;
	struct css_set *set = BPF_CORE_READ(t, cgroups);
	struct cgroup *group;
	u32 index;

	if (!bpf_core_enum_value_exists(enum cgroup_subsys_id, pids_cgrp_id))
		return 0;
	index = bpf_core_enum_value(enum cgroup_subsys_id, pids_cgrp_id);
	bpf_core_read(&state, sizeof(state), (void *)&set->subsys[0] + 8 * index);
	group = BPF_CORE_READ(state, cgroup);
	/* The v2 hierarchy has the number 0. */
	return BPF_CORE_READ(group, root, hierarchy_id) ? group : 0;
}

static __always_inline u64 group_id(struct cgroup *group)
{
	return BPF_CORE_READ(group, kn, id);
}

/* The number of a process in its own pid namespace. */
static __always_inline u32 virtual_number(struct pid *pid)
{
	u32 level = BPF_CORE_READ(pid, level);
	struct upid *one = (void *)&pid->numbers[0] + level * bpf_core_type_size(struct upid);

	return BPF_CORE_READ(one, nr);
}

static __always_inline u32 number(struct pid *pid)
{
	return BPF_CORE_READ(pid, numbers[0].nr);
}

static __always_inline u32 pid_namespace(struct task_struct *t)
{
	struct pid *pid = BPF_CORE_READ(t, thread_pid);
	u32 level = BPF_CORE_READ(pid, level);
	struct upid *one = (void *)&pid->numbers[0] + level * bpf_core_type_size(struct upid);

	return BPF_CORE_READ(one, ns, ns.inum);
}

/* Whether the task entered the kernel as a 32-bit program (int 0x80 of a 64-bit one too). */
static __always_inline bool is_compat(struct task_struct *t)
{
	if (bpf_core_field_exists(struct pt_regs___x86, orig_ax))
		return BPF_CORE_READ(t, thread_info.status) & 2;	/* TS_COMPAT */
	return BPF_CORE_READ(t, thread_info.flags) & (1 << 22);	/* TIF_32BIT of arm64 */
}

static __always_inline struct file *file_of(s32 fd)
{
	struct fdtable *table = BPF_CORE_READ(current(), files, fdt);
	struct file **slots = BPF_CORE_READ(table, fd);
	struct file *file = 0;

	if (fd < 0 || (u32)fd >= BPF_CORE_READ(table, max_fds))
		return 0;
	bpf_probe_read_kernel(&file, sizeof(file), slots + fd);
	return file;
}

/*
 * Put together the policies of a group and all above it. `found` is the innermost of them that has
 * a table of its own (files, destinations).
 */
static __always_inline u32 policy_in(struct cgroup *group, u32 v1, struct group *found)
{
	u32 all = 0;

	for (int i = 0; i < MOST_GROUPS && group; i++) {
		struct group key = { group_id(group), v1, 0 };
		u32 *bits = bpf_map_lookup_elem(&policies, &key);

		if (bits) {
			if (*bits & POLICY_TABLES && !found->id)
				*found = key;
			all |= *bits;
		}
		group = BPF_CORE_READ(group, self.parent, cgroup);
	}
	return all;
}

/* What a task may not do, by its groups in both hierarchies. */
static __always_inline u32 policy_of(struct task_struct *t, struct group *found)
{
	struct settings *s = wanted();
	u32 bits;

	found->id = 0;
	found->v1 = 0;
	found->reserved = 0;
	if (!s || !s->policies)
		return 0;
	bits = policy_in(group_v2(t), 0, found);
	return bits | policy_in(group_v1(t), 1, found);
}

static __always_inline bool is_muted(void)
{
	struct group found;

	return policy_of(current(), &found) & POLICY_MUTE;
}

static __always_inline void who_is(struct header *h, u8 shape, u16 type, u64 id, u64 user)
{
	struct task_struct *t = current();
	struct cgroup *v1 = group_v1(t);

	h->size = 0;
	h->shape = shape;
	h->flags = 0;
	h->type = type;
	h->reserved = 0;
	h->stream = 0;
	h->sequence = 0;
	h->pid = id >> 32;
	h->tid = id;
	h->time = bpf_ktime_get_boot_ns();
	h->parent = BPF_CORE_READ(t, real_parent, tgid);
	h->uid = user;
	h->gid = user >> 32;
	h->mount_namespace = BPF_CORE_READ(t, nsproxy, mnt_ns, ns.inum);
	h->pid_namespace = pid_namespace(t);
	h->count = 1;
	h->reserved2 = 0;
	h->cgroup = group_id(group_v2(t));
	h->cgroup_v1 = v1 ? group_id(v1) : 0;
	h->result = 0;
}

static __always_inline void who(struct header *h, u8 shape, u16 type)
{
	who_is(h, shape, type, bpf_get_current_pid_tgid(), bpf_get_current_uid_gid());
	bpf_get_current_comm(h->comm, sizeof(h->comm));
}

/* The same where packets are seen: before 6.10 the kernel lets no such program ask for the task's ids. */
static __always_inline void who_by_task(struct header *h, u8 shape, u16 type)
{
	struct task_struct *t = current();
	const struct cred *cred = BPF_CORE_READ(t, cred);
	u64 id = (u64)BPF_CORE_READ(t, tgid) << 32 | (u32)BPF_CORE_READ(t, pid);
	u64 user = (u64)BPF_CORE_READ(cred, gid.val) << 32 | BPF_CORE_READ(cred, uid.val);

	who_is(h, shape, type, id, user);
	bpf_core_read(h->comm, sizeof(h->comm), &t->comm);
}
