/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * Control groups are made, removed and entered: containers that live for milliseconds are known
 * before their first process runs.
 */
#pragma once

static __always_inline void group_changed(struct bpf_raw_tracepoint_args *c, u16 type, u32 task)
{
	struct settings *s = wanted();
	struct cgroup *group = (void *)c->args[0];
	struct cgrouped *r;
	struct work *w;

	if (!s || !(s->types & 1 << type))
		return;
	w = take(type);
	if (!w)
		return;
	r = (struct cgrouped *)w->record;
	w->result = 0;
	w->compat = 0;
	begin(w, SHAPE_CGROUP, type, sizeof(*r));
	r->id = group_id(group);
	r->hierarchy = BPF_CORE_READ(group, root, hierarchy_id);
	r->task = task;
	r->reserved[0] = r->reserved[1] = r->reserved[2] = 0;
	r->path = append_kernel(w, (void *)c->args[1]);
	emit(w, CLASS_URGENT);
	give_back(w);
}

SEC("?raw_tp/cgroup_mkdir")
int on_cgroup_made(struct bpf_raw_tracepoint_args *c)
{
	group_changed(c, TYPE_CGROUP_MKDIR, 0);
	return 0;
}

SEC("?raw_tp/cgroup_rmdir")
int on_cgroup_removed(struct bpf_raw_tracepoint_args *c)
{
	group_changed(c, TYPE_CGROUP_RMDIR, 0);
	return 0;
}

SEC("?raw_tp/cgroup_attach_task")
int on_cgroup_entered(struct bpf_raw_tracepoint_args *c)
{
	group_changed(c, TYPE_CGROUP_ATTACH, BPF_CORE_READ((struct task_struct *)c->args[2], tgid));
	return 0;
}
