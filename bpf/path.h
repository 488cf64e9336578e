/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * Say where a file lies, from the kernel's own tree of names: what a program passed can be a lie.
 *
 * The walk goes up to the root of the mount namespace. Where the task's own root lies lower
 * (chroot), that place is marked: the path inside it is what the program sees, the part outside is
 * told too, so that `chroot /etc` does not hide /etc/shadow, nor `chroot /host` the node's.
 */
#pragma once

#define MOST_STEPS 48
#define NOWHERE 0xffff

#define OVERLAYFS 0x794c7630
#define TMPFS 0x01021994
#define HUGETLBFS 0x958458f6

/* What lies in no tree has a name alone ("memfd:x"), a pipe or a socket not even that. */
static __always_inline void nameless(struct work *w, struct dentry *d)
{
	u64 length = BPF_CORE_READ(d, d_name.len), at;
	u8 first = 0;

	bpf_probe_read_kernel(&first, 1, BPF_CORE_READ(d, d_name.name));
	if (first == '/')
		return;
	BOUND(length, NAME_BYTES - 1);
	at = PATH_BYTES - length;
	BOUND(at, 2 * PATH_BYTES - 1);
	if (at > PATH_BYTES)
		return;
	bpf_probe_read_kernel(w->path + at, length, BPF_CORE_READ(d, d_name.name));
	w->start = at;
}

/*
 * Fill w->path from its end; w->start and w->root are offsets into it. What changes from step to
 * step stands in the map's memory, of which the verifier knows nothing: so all steps look alike to
 * it, and it looks at one.
 */
__noinline int walk(u64 dentry, u64 vfsmount)
{
	struct work *w = work();
	struct task_struct *t = current();
	u64 d = dentry, root_d = (u64)BPF_CORE_READ(t, fs, root.dentry);
	u64 v = vfsmount, root_v = (u64)BPF_CORE_READ(t, fs, root.mnt);
	int i;

	if (!w)
		return -1;
	w->start = PATH_BYTES;
	w->root = NOWHERE;
	for (i = 0; i < MOST_STEPS; i++) {
		u64 top = (u64)BPF_CORE_READ((struct vfsmount *)v, mnt_root);
		u64 parent = (u64)BPF_CORE_READ((struct dentry *)d, d_parent);
		u64 length, at;

		if (w->root == NOWHERE && d == root_d && v == root_v)
			w->root = w->start;
		if (d == top || d == parent) {
			struct mount *m = (void *)v - bpf_core_field_offset(struct mount, mnt);
			u64 above = (u64)BPF_CORE_READ(m, mnt_parent);

			if (d != top)
				break;
			if (above == (u64)m)
				return 0;
			d = (u64)BPF_CORE_READ(m, mnt_mountpoint);
			v = above + bpf_core_field_offset(struct mount, mnt);
			continue;
		}
		length = BPF_CORE_READ((struct dentry *)d, d_name.len);
		BOUND(length, NAME_BYTES - 1);
		at = w->start - length - 1;
		if (at >= PATH_BYTES)
			break;
		w->start = at;
		BOUND(at, PATH_BYTES - 1);
		w->path[at] = '/';
		bpf_probe_read_kernel(w->path + at + 1, length, BPF_CORE_READ((struct dentry *)d, d_name.name));
		d = parent;
	}
	if (i < MOST_STEPS && w->start == PATH_BYTES)
		nameless(w, (struct dentry *)d);
	else
		w->cut = 1;
	return 0;
}

/* Append what was walked; returns its length, and in `outside` how much of it lies outside the root. */
static __always_inline u16 append_walked(struct work *w, u16 *outside)
{
	u64 start = w->start, length, root = w->root;

	if (start > PATH_BYTES || !has_room(w, PATH_BYTES))
		return 0;
	length = PATH_BYTES - start;
	*outside = root == NOWHERE ? 0 : root - start;
	BOUND(length, 2 * PATH_BYTES - 1);
	if (length > PATH_BYTES)
		return 0;
	BOUND(start, 2 * PATH_BYTES - 1);
	if (start > PATH_BYTES)
		return 0;
	bpf_probe_read_kernel(AT(w), length, w->path + start);
	w->used += length;
	return length;
}

/* Append a directory as its process sees it, never empty. */
static __always_inline u16 append_directory(struct work *w, struct path *where)
{
	u16 outside = 0;

	walk((u64)BPF_CORE_READ(where, dentry), (u64)BPF_CORE_READ(where, mnt));
	if (w->root != NOWHERE && w->root <= PATH_BYTES)
		w->start = w->root;
	if (w->start >= PATH_BYTES) {
		w->start = PATH_BYTES - 1;
		w->path[PATH_BYTES - 1] = '/';
	}
	return append_walked(w, &outside);
}

static __always_inline u16 append_path(struct work *w, struct path *where, u16 *outside)
{
	walk((u64)BPF_CORE_READ(where, dentry), (u64)BPF_CORE_READ(where, mnt));
	return append_walked(w, outside);
}

static __always_inline u16 append_file(struct work *w, struct file *file, u16 *outside)
{
	return append_path(w, __builtin_preserve_access_index(&file->f_path), outside);
}

/*
 * What the file is that no path tells. In overlayfs the pointer behind the inode names the file of
 * the writable layer (struct ovl_inode, Linux 4.x to 6.x): it is set once the file lies there.
 */
static __always_inline u8 layer_flags(struct file *file)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	u64 magic = BPF_CORE_READ(inode, i_sb, s_magic);

	if (magic == OVERLAYFS) {
		struct dentry *upper = 0;

		bpf_probe_read_kernel(&upper, sizeof(upper), (void *)inode + bpf_core_type_size(struct inode));
		return upper ? FLAG_UPPER : 0;
	}
	if (magic == TMPFS || magic == HUGETLBFS) {
		char name[8] = {};
		bool memfd;

		bpf_probe_read_kernel(name, 6, BPF_CORE_READ(file, f_path.dentry, d_name.name));
		memfd = *(u64 *)name == 0x3a64666d656dULL;	/* "memfd:" */
		return FLAG_TMPFS | (memfd && !BPF_CORE_READ(inode, i_nlink) ? FLAG_MEMFD : 0);
	}
	return 0;
}

static __always_inline void file_facts(struct opened_facts *f, struct file *file)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);

	f->inode = BPF_CORE_READ(inode, i_ino);
	f->device = BPF_CORE_READ(inode, i_sb, s_dev);
	f->kind = BPF_CORE_READ(inode, i_mode);
	f->reserved = 0;
	f->reserved2 = 0;
	f->given = 0;
}
