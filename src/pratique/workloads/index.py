"""
Say which container an event belongs to: control group → path → engine's claim → workload.

Filled by one look at everything (``scan``), then by the births and deaths of control groups
(``observe``), which come within milliseconds, so that a container that lives 50 ms is named: its
id stands in the group's name, and its engine's files are read at once. What an engine has not
written yet is read again soon after (``poll``); what engines tell themselves is followed too.

Law: ``None`` is said only of groups that are known to be the node's own. A group that no engine
claims and that is not the service manager's is in doubt for a while, until the runtimes' states
settle it. All tables are bounded; what had to be forgotten early is counted.
"""

import re
from collections.abc import Callable, Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from pratique.model.observation import CgroupChanged
from pratique.model.workload import Workload
from pratique.workloads._doubt import GroupsOfRuntimes
from pratique.workloads._names import ANY_ID, pod_uid
from pratique.workloads.asking import Asking
from pratique.workloads.containers import Containers
from pratique.workloads.groups import Hierarchy, hierarchies
from pratique.workloads.interface import Engine, Follower, Found, HostView

MOST_ANSWERS = 65_536
MOST_WAITING = 4_096
PATIENCE_NS = 15_000_000_000
"""How long a container's facts are asked for again."""
DOUBT_NS = 2_000_000_000
"""How long a group that nobody claims may still turn out to be a container's."""
_FIRST_PAUSE_NS = 5_000_000
_LONGEST_PAUSE_NS = 1_000_000_000
_ORDER = ("podman", "docker", "cri-o", "containerd", "kubernetes", "buildah", "runc", "crun")
_RUNTIMES = ("runc", "crun")
_SYSTEMD = (".slice", ".service", ".scope", ".socket", ".mount", ".swap")
_ID = re.compile(ANY_ID)
UNKNOWN = Workload(id="", engine="", complete=False)
"""What is said of a group that may be a container's, or not."""


class _Waiting(Struct):
    """A container whose facts are not all known, or a group (no engine) that nobody claims yet."""

    identity: str
    engine: Engine | None
    path: str
    since_ns: int
    next_ns: int = 0
    pause_ns: int = _FIRST_PAUSE_NS


class Index:
    """The containers of the node by control group; a ``model.workload.WorkloadIndex``."""

    def __init__(
        self, host: HostView, engines: Mapping[str, Engine], containers: Containers
    ) -> None:
        self.evicted = 0
        self.most_waiting, self.most_answers = MOST_WAITING, MOST_ANSWERS
        self.containers = containers
        self._host = host
        self._engines = _ordered(engines)
        self._two, self._one = hierarchies(host)
        self._waiting: dict[str, _Waiting] = {}
        self._settled: dict[str, None] = {}
        self._answers: dict[tuple[int, int], Workload | None] = {}
        self._asked: tuple[set[int], set[int]] = (set(), set())
        self._followers: list[tuple[Engine, Follower]] = []
        self._runtimes = GroupsOfRuntimes(host, self._engines)
        self._servers: tuple[Asking, ...] = ()

    def scan(self) -> None:
        """Look at everything: all control groups, and what each engine says of its containers."""
        self._two.walk()
        self._one.walk()
        runs = self._runs()
        for engine in self._engines:
            for found in engine.containers(self._host):
                if not runs(found):
                    continue
                known = self.containers.get(found.workload.id)
                if any(self._claim(group)[0] not in (None, engine) for group in found.cgroups):
                    continue  # a runtime's word on another engine's container: asked for below
                if known is None or not known.complete:
                    self.containers.keep(found.workload)
                for group in found.cgroups:
                    self.containers.name_group(group, found.workload.id)
        for path in (*self._two.paths(), *self._one.paths()):
            engine_of, identity = self._claim(path)
            if engine_of is None:
                self._settle(path)
            elif self.containers.get(identity) is None:
                self._describe(engine_of, identity, path, 0)
        self._answers.clear()

    def _runs(self) -> Callable[[Found], bool]:
        """Return what says whether a container has a control group, without which none runs."""
        paths = {*self._two.paths(), *self._one.paths()}
        named = {self._claim(path)[1] for path in paths}
        if not paths:  # the node's groups cannot be seen
            return lambda _: True
        return lambda one: one.workload.id in named or not paths.isdisjoint(one.cgroups)

    def follow(self) -> None:
        """Begin to follow what engines tell of their containers."""
        for engine in self._engines:
            follower = engine.follow(self._host)
            if follower is not None:
                self._followers.append((engine, follower))

    def listen(self, servers: Sequence[Asking]) -> None:
        """Take from now on what servers tell beyond the engines' files."""
        self._servers = (*self._servers, *servers)

    def silent(self) -> tuple[tuple[str, str], ...]:
        """Return the servers that do not answer now, and why."""
        return tuple((one.name, one.problem) for one in self._servers if one.problem)

    def close(self) -> None:
        """Stop following and asking."""
        for server in self._servers:
            server.close()
        for _, follower in self._followers:
            follower.close()
        self._followers.clear()

    def of(self, cgroup: int, cgroup_v1: int = 0) -> Workload | None:
        """Return the workload of a control group id of either hierarchy."""
        key = (cgroup, cgroup_v1)
        try:
            return self._answers[key]
        except KeyError:
            self._note_asked(cgroup, cgroup_v1)
            answer = self._answers[key] = self._answer(cgroup, cgroup_v1)
            return answer

    def of_path(self, path: str) -> Workload | None:
        """Return the workload of a control group by its path (``/system.slice/x``)."""
        return self._resolve(path, 0)

    def observe(self, act: CgroupChanged, now_ns: int) -> None:
        """Learn of a control group's birth or death."""
        hierarchy = self._hierarchy(act.hierarchy)
        if hierarchy is None:
            return
        path = act.path
        if act.born:
            hierarchy.born(act.id, path)
            self._forget_answers(hierarchy, act.id)
            self._settled.pop(path, None)
        else:
            path = hierarchy.gone(act.id, now_ns) or path
        engine, identity = self._claim(path)
        # A container may call a group of its own as it likes: only the outermost one is its own.
        own = engine is not None and path.find(identity) > path.rfind("/")
        if engine is not None and own and act.born:
            self._born(engine, identity, path, now_ns)
        elif own:
            self.containers.end(identity, now_ns)
        elif act.born:
            self._resolve(path, now_ns)

    def name(self, identity: str, name: str, image: str = "") -> None:
        """Learn what a container is called, and runs, for when no file tells."""
        if self.containers.name(identity, name, image):
            self._ask_anew({identity})

    def poll(self, now_ns: int) -> None:
        """Ask again for what was not known, take what engines tell, forget what is long over."""
        for engine, follower in self._followers:
            for event in follower.poll():
                well_formed = _ID.fullmatch(event.id)
                if well_formed and (event.name or event.image):
                    self.name(event.id, event.name, event.image)
                if event.born and well_formed:
                    self._born(engine, event.id, "", now_ns)
                elif event.born is False:
                    self.containers.end(event.id, now_ns)
        for server in self._servers:
            told = server.poll()
            if told is not None and self.containers.tell(server.name, told):
                self._answers.clear()
        due = [(key, one) for key, one in self._waiting.items() if one.next_ns <= now_ns]
        if any(one.engine is None for _, one in due):
            self._runtimes.refresh()
        for key, waiting in due:
            self._ask_again(key, waiting, now_ns)
        two, one = self._two.forget(now_ns), self._one.forget(now_ns)
        over = self.containers.forget(now_ns)
        if over or two or one:
            self._ask_anew(over, two, one)

    def refresh(self) -> None:
        """Ask anew what is known of all images, because the store may have learnt more."""
        self.containers.refresh()
        self._answers.clear()

    def counts(self) -> dict[str, int]:
        """Return how full the tables are, and what was forgotten early."""
        early = self.evicted + self.containers.evicted + self._two.evicted + self._one.evicted
        return {
            "workloads": len(self.containers),
            "groups": len(self._two) + len(self._one),
            "waiting": len(self._waiting),
            "evicted": early,
        }

    def _answer(self, cgroup: int, cgroup_v1: int) -> Workload | None:
        """
        The old hierarchy is asked first: where both exist, it is the one engines always use.

        A process that lies in one container by the one and in another by the other was moved there by
        somebody who may: it is in doubt, so that no measure for its deeds hits the wrong one.
        """
        known, doubtful, sure = False, None, None
        for hierarchy, identity in ((self._one, cgroup_v1), (self._two, cgroup)):
            if not identity or not hierarchy.mount:
                continue
            path = hierarchy.path(identity)
            found = self._resolve(path, 0) if path else UNKNOWN
            if found is not None and found.id:
                if sure is not None and sure.id != found.id:
                    return UNKNOWN
                sure = sure or found
                continue
            known = known or found is None
            doubtful = doubtful or found
        if sure is not None:
            return sure
        return None if known and doubtful is None else UNKNOWN

    def _resolve(self, path: str, now_ns: int) -> Workload | None:
        engine, identity = self._claim(path)
        if engine is not None:
            return self.containers.get(identity) or self._describe(engine, identity, path, now_ns)
        if _is_of_the_node(path) or path in self._settled:
            return None
        self._wait(path, _Waiting("", None, path, now_ns))
        return UNKNOWN

    def _claim(self, path: str) -> tuple[Engine | None, str]:
        """Return the engine and id of the outermost container in a path."""
        best: tuple[int, Engine | None, str] = (len(path) + 1, None, "")
        for engine in self._engines:
            identity = engine.claims(path)
            if identity and path.find(identity) < best[0]:
                best = (path.find(identity), engine, identity)
        if best[1] is not None:
            return best[1], best[2]
        known = self.containers.of_group(path)
        return (self._engine(known.engine), known.id) if known else (None, "")

    def _born(self, engine: Engine, identity: str, path: str, now_ns: int) -> None:
        self.containers.revive(identity)
        known = self.containers.get(identity)
        if known is None or not _is_whole(known):
            self._describe(engine, identity, path, now_ns)

    def _describe(self, engine: Engine, identity: str, path: str, now_ns: int) -> Workload:
        """Return a container as its engine knows it now; what is missing is asked for later."""
        found = self._found(engine, identity, path)
        if found is None:
            known = self.containers.get(identity)
            found = known or Workload(id=identity, engine=engine.NAME, complete=False)
        if path and not found.pod_uid:
            found = replace(found, pod_uid=pod_uid(path))
        kept = self._keep(found)
        for server in self._servers:
            server.wonder()
        if not _is_whole(kept):
            self._wait(identity, _Waiting(identity, engine, path, now_ns))
        return kept

    def _found(self, engine: Engine, identity: str, path: str) -> Workload | None:
        """Return what the engine knows, else what the low-level runtime knows, of a container."""
        found = engine.describe(self._host, identity, path)
        for name in _RUNTIMES if found is None else ():
            runtime = self._engine(name)
            known = runtime.describe(self._host, identity, "") if runtime else None
            if known is not None:
                return replace(known, engine=engine.NAME, name="", complete=False)
        return found

    def _keep(self, workload: Workload) -> Workload:
        if self.containers.keep(workload):
            if self.containers.has_groups(workload.id):
                self._answers.clear()
            else:
                self._ask_anew({workload.id, ""})
        return self.containers.get(workload.id) or workload

    def _ask_again(self, key: str, waiting: _Waiting, now_ns: int) -> None:
        waiting.since_ns = waiting.since_ns or now_ns
        waiting.next_ns = now_ns + waiting.pause_ns
        waiting.pause_ns = min(waiting.pause_ns * 2, _LONGEST_PAUSE_NS)
        if waiting.engine is None:
            if self._is_a_containers(waiting.path):
                del self._waiting[key]
            elif now_ns - waiting.since_ns > DOUBT_NS:
                del self._waiting[key]
                self._settle(waiting.path)
                self._ask_anew({""})
            return
        found = self._found(waiting.engine, waiting.identity, waiting.path)
        whole = found is not None and _is_whole(self._keep(found))
        if whole or now_ns - waiting.since_ns > PATIENCE_NS:
            del self._waiting[key]

    def _is_a_containers(self, path: str) -> bool:
        """Ask the runtimes whether a group that nobody claims is a container's, and learn it."""
        found = self._runtimes.find(path)
        told = found and found[0].describe(self._host, found[1], path)
        if not found or told is None:
            return False
        self._keep(told)
        self.containers.name_group(found[2], told.id)
        self._answers.clear()
        return True

    def _settle(self, path: str) -> None:
        """Hold a group to be the node's own."""
        if len(self._settled) >= self.most_answers:
            del self._settled[next(iter(self._settled))]
        self._settled[path] = None

    def _wait(self, key: str, waiting: _Waiting) -> None:
        if key in self._waiting:
            return
        if len(self._waiting) >= self.most_waiting:
            del self._waiting[next(iter(self._waiting))]
            self.evicted += 1
        self._waiting[key] = waiting

    def _hierarchy(self, number: int) -> Hierarchy | None:
        return next((one for one in (self._two, self._one) if one.number == number), None)

    def _ask_anew(
        self, identities: Set[str], two: Set[int] = frozenset(), one: Set[int] = frozenset()
    ) -> None:
        """
        Forget what was said of some containers and of some groups.

        The empty id is what is in doubt. What was said of the others stays: on a node where
        containers come and go all the time, asking for all of them anew is most of the work.
        """
        stale = [
            key
            for key, said in self._answers.items()
            if (said is not None and said.id in identities) or key[0] in two or key[1] in one
        ]
        for key in stale:
            del self._answers[key]

    def _forget_answers(self, hierarchy: Hierarchy, identity: int) -> None:
        """
        Numbers are used again: what was said of this one is not true any more.

        Most births are of numbers that nobody asked for: a container that makes groups all day long must
        not make each of them as dear as all that was ever asked.
        """
        number = frozenset({identity})
        is_two = hierarchy is self._two
        if identity not in self._asked[0 if is_two else 1]:
            return
        if is_two:
            self._ask_anew(frozenset(), two=number)
        else:
            self._ask_anew(frozenset(), one=number)
        self._asked[0 if is_two else 1].discard(identity)

    def _note_asked(self, cgroup: int, cgroup_v1: int) -> None:
        two, one = self._asked
        if max(len(self._answers), len(two), len(one)) >= self.most_answers:
            self._answers.clear()
            two.clear()
            one.clear()
        two.add(cgroup)
        one.add(cgroup_v1)

    def _engine(self, name: str) -> Engine | None:
        return next((one for one in self._engines if name == one.NAME), None)


def _ordered(engines: Mapping[str, Engine]) -> tuple[Engine, ...]:
    """Return the engines, those that know most of a container first."""
    first = [engines[name] for name in _ORDER if name in engines]
    return (*first, *(engines[name] for name in sorted(engines) if name not in _ORDER))


def _is_whole(workload: Workload) -> bool:
    return workload.complete and workload.init_pid > 0


def _is_of_the_node(path: str) -> bool:
    """Whether a path that no engine claims is the service manager's, or the root."""
    return path == "/" or any(part.endswith(_SYSTEMD) for part in path.split("/"))
