/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
 *
 * DNS questions and answers of port 53 over UDP, as packets enter and leave the sockets of every
 * control group of the v2 hierarchy. The message itself is read in user space.
 *
 * A question leaves while its process runs, so that is asked who it is; an answer comes at any
 * time, and belongs to whoever used that port.
 */
#pragma once

#define DNS_PORT 53
#define UDP 17

struct ipv4_head { u8 version_length, tos; u16 length, id, fragment; u8 ttl, protocol; u16 sum; u32 source, target; };
struct ipv6_head { u32 flow; u16 length; u8 next, hops, source[16], target[16]; };
struct udp_head { u16 source, target, length, sum; };

static __always_inline void take_asker(struct header *h, struct flow *flow, bool outgoing)
{
	struct asker *known, now = {};

	if (outgoing) {
		who_by_task(h, SHAPE_DNS, TYPE_DNS);
		now.pid = h->pid, now.tid = h->tid, now.parent = h->parent, now.uid = h->uid, now.gid = h->gid;
		now.mount_namespace = h->mount_namespace, now.pid_namespace = h->pid_namespace;
		now.cgroup = h->cgroup, now.cgroup_v1 = h->cgroup_v1;
		__builtin_memcpy(now.comm, h->comm, 16);
		bpf_map_update_elem(&askers, flow, &now, BPF_ANY);
		return;
	}
	__builtin_memset(h, 0, sizeof(*h));
	h->shape = SHAPE_DNS;
	h->type = TYPE_DNS;
	h->time = bpf_ktime_get_boot_ns();
	h->count = 1;
	known = bpf_map_lookup_elem(&askers, flow);
	if (!known)
		return;
	h->pid = known->pid, h->tid = known->tid, h->parent = known->parent, h->uid = known->uid, h->gid = known->gid;
	h->mount_namespace = known->mount_namespace, h->pid_namespace = known->pid_namespace;
	h->cgroup = known->cgroup, h->cgroup_v1 = known->cgroup_v1;
	__builtin_memcpy(h->comm, known->comm, 16);
}

static __always_inline void message(struct __sk_buff *skb, struct dns *d, u32 at, bool outgoing)
{
	struct flow flow = {};
	u64 length = skb->len - at;

	if (skb->len <= at || length > DNS_BYTES)
		length = skb->len <= at ? 0 : DNS_BYTES;
	__builtin_memcpy(flow.remote, outgoing ? d->target : d->source, 16);
	flow.local_port = outgoing ? d->source_port : d->target_port;
	flow.remote_port = outgoing ? d->target_port : d->source_port;
	take_asker(&d->header, &flow, outgoing);
	if (!d->header.cgroup)
		d->header.cgroup = bpf_skb_cgroup_id(skb);
	d->outgoing = outgoing;
	d->length = length;
	if (length < 1)
		return;
	/* The verifier of 6.1 has to see that it is at least 1. */
	length--;
	BOUND(length, DNS_BYTES - 1);
	length++;
	if (bpf_skb_load_bytes(skb, at, d->payload, length))
		d->length = 0;
}

/* Read the heads of the packet; returns where the message begins, 0 where it is none. */
static __always_inline u32 heads(struct __sk_buff *skb, u8 *source, u8 *target, struct udp_head *udp)
{
	u8 version = 0;
	u32 at;

	if (bpf_skb_load_bytes(skb, 0, &version, 1))
		return 0;
	if (version >> 4 == 4) {
		struct ipv4_head ip;

		if (bpf_skb_load_bytes(skb, 0, &ip, sizeof(ip)) || ip.protocol != UDP || ip.fragment & 0xff1f)
			return 0;
		ipv4(source, ip.source);
		ipv4(target, ip.target);
		at = (ip.version_length & 15) * 4;
	} else {
		struct ipv6_head ip;

		if (bpf_skb_load_bytes(skb, 0, &ip, sizeof(ip)) || ip.next != UDP)
			return 0;
		__builtin_memcpy(source, ip.source, 16);
		__builtin_memcpy(target, ip.target, 16);
		at = sizeof(ip);
	}
	if (bpf_skb_load_bytes(skb, at, udp, sizeof(*udp)))
		return 0;
	return at + sizeof(*udp);
}

static __always_inline int look(struct __sk_buff *skb, bool outgoing)
{
	u32 class = CLASS_BULK_NET, at;
	u8 source[16], target[16];
	struct settings *s = wanted();
	struct udp_head udp;
	struct dns *d;

	if (!s || !(s->types & 1 << TYPE_DNS))
		return 1;
	at = heads(skb, source, target, &udp);
	if (!at || (udp.source != 0x3500 && udp.target != 0x3500))
		return 1;
	d = bpf_ringbuf_reserve(&bulk, sizeof(*d), 0);
	if (!d) {
		u64 *next = bpf_map_lookup_elem(&sequences, &class);

		if (next)
			__sync_fetch_and_add(next, 1);
		count(TYPE_DNS);
		return 1;
	}
	__builtin_memcpy(d->source, source, 16);
	__builtin_memcpy(d->target, target, 16);
	d->source_port = swapped(udp.source);
	d->target_port = swapped(udp.target);
	d->family = 0;
	message(skb, d, at, outgoing);
	d->header.size = sizeof(*d);
	number_it(&d->header, class);
	bpf_ringbuf_submit(d, ring_flags(&bulk, s->mark_bulk));
	return 1;
}

SEC("?cgroup_skb/egress") int dns_out(struct __sk_buff *skb) { return look(skb, true); }
SEC("?cgroup_skb/ingress") int dns_in(struct __sk_buff *skb) { return look(skb, false); }
