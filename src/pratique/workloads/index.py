"""
Say which container an event belongs to: control group → path → engine's claim → workload.

Filled by one look at everything (``scan``), then by the births and deaths of control groups
(``observe``), which come within milliseconds, so that a container that lives 50 ms is named: its
id stands in the group's name, and its engine's files are read at once. What an engine has not
written yet is read again soon after (``poll``); what engines tell themselves is followed too.

Law: ``None`` is said only of groups that are known to be the node's own. A group that no engine
claims and that is not the service manager's is in doubt for a while, until the runtimes' states
settle it. All tables are bounded; what had to be forgotten early is counted.

Whose a path is, is said by ``claims``; what was said before is in ``answers``, what is asked for again in
``waiting``, what is known of containers in ``containers``.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from pratique.model.observation import CgroupChanged
from pratique.model.workload import Workload
from pratique.workloads._doubt import GroupsOfRuntimes
from pratique.workloads._names import ANY_ID, pod_uid
from pratique.workloads.answers import Answers
from pratique.workloads.asking import Asking
from pratique.workloads.claims import Claims, is_of_the_node
from pratique.workloads.containers import Containers
from pratique.workloads.groups import Hierarchy, hierarchies
from pratique.workloads.interface import Engine, Follower, Found, HostView
from pratique.workloads.waiting import Awaited, Waiting

MOST_SETTLED = 65_536
PATIENCE_NS = 15_000_000_000
"""How long a container's facts are asked for again."""
DOUBT_NS = 2_000_000_000
"""How long a group that nobody claims may still turn out to be a container's."""
_RUNTIMES = ("runc", "crun")
_ID = re.compile(ANY_ID)
UNKNOWN = Workload(id="", engine="", complete=False)
"""What is said of a group that may be a container's, or not."""


class Index:
    """The containers of the node by control group; a ``model.workload.WorkloadIndex``."""

    def __init__(
        self, host: HostView, engines: Mapping[str, Engine], containers: Containers
    ) -> None:
        self.containers = containers
        self.answers = Answers()
        self.waiting = Waiting()
        self._said = self.answers.said  # At each event: a look-up less.
        self._host = host
        self._claims = Claims(engines, containers)
        self._engines = self._claims.engines
        self._two, self._one = hierarchies(host)
        self._settled: dict[str, None] = {}
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
                if any(self._claims.of(group)[0] not in (None, engine) for group in found.cgroups):
                    continue  # a runtime's word on another engine's container: asked for below
                if known is None or not known.complete:
                    self.containers.keep(found.workload)
                for group in found.cgroups:
                    self.containers.name_group(group, found.workload.id)
        for path in (*self._two.paths(), *self._one.paths()):
            engine_of, identity = self._claims.of(path)
            if engine_of is None:
                self._settle(path)
            elif self.containers.get(identity) is None:
                self._describe(engine_of, identity, path, 0)
        self.answers.clear()

    def _runs(self) -> Callable[[Found], bool]:
        """Return what says whether a container has a control group, without which none runs."""
        paths = {*self._two.paths(), *self._one.paths()}
        named = {self._claims.of(path)[1] for path in paths}
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
            return self._said[key]
        except KeyError:
            answer = self._answer(cgroup, cgroup_v1)
            self.answers.keep(cgroup, cgroup_v1, answer)
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
            self.answers.born(act.id, old=hierarchy is self._one)
            self._settled.pop(path, None)
        else:
            path = hierarchy.gone(act.id, now_ns) or path
        engine, identity = self._claims.of(path)
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
            self.answers.forget({identity})

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
                self.answers.clear()
        due = self.waiting.due(now_ns)
        if any(one.engine is None for one in due):
            self._runtimes.refresh()
        for awaited in due:
            self._ask_again(awaited, now_ns)
        two, one = self._two.forget(now_ns), self._one.forget(now_ns)
        over = self.containers.forget(now_ns)
        if over or two or one:
            self.answers.forget(over, two, one)

    def refresh(self) -> None:
        """Ask anew what is known of all images, because the store may have learnt more."""
        self.containers.refresh()
        self.answers.clear()

    def counts(self) -> dict[str, int]:
        """Return how full the tables are, and what was forgotten early."""
        tables = (self.waiting, self.containers, self._two, self._one)
        return {
            "workloads": len(self.containers),
            "groups": len(self._two) + len(self._one),
            "waiting": len(self.waiting),
            "evicted": sum(table.evicted for table in tables),
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
        engine, identity = self._claims.of(path)
        if engine is not None:
            return self.containers.get(identity) or self._describe(engine, identity, path, now_ns)
        if is_of_the_node(path) or path in self._settled:
            return None
        self.waiting.add(Awaited("", None, path, now_ns))
        return UNKNOWN

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
            self.waiting.add(Awaited(identity, engine, path, now_ns))
        return kept

    def _found(self, engine: Engine, identity: str, path: str) -> Workload | None:
        """Return what the engine knows, else what the low-level runtime knows, of a container."""
        found = engine.describe(self._host, identity, path)
        for name in _RUNTIMES if found is None else ():
            runtime = self._claims.engine(name)
            known = runtime.describe(self._host, identity, "") if runtime else None
            if known is not None:
                return replace(known, engine=engine.NAME, name="", complete=False)
        return found

    def _keep(self, workload: Workload) -> Workload:
        if self.containers.keep(workload):
            if self.containers.has_groups(workload.id):
                self.answers.clear()
            else:
                self.answers.forget({workload.id, ""})
        return self.containers.get(workload.id) or workload

    def _ask_again(self, awaited: Awaited, now_ns: int) -> None:
        waited_ns = awaited.put_off(now_ns)
        if awaited.engine is None:
            if self._is_a_containers(awaited.path):
                self.waiting.end(awaited)
            elif waited_ns > DOUBT_NS:
                self.waiting.end(awaited)
                self._settle(awaited.path)
                self.answers.forget({""})
            return
        found = self._found(awaited.engine, awaited.identity, awaited.path)
        whole = found is not None and _is_whole(self._keep(found))
        if whole or waited_ns > PATIENCE_NS:
            self.waiting.end(awaited)

    def _is_a_containers(self, path: str) -> bool:
        """Ask the runtimes whether a group that nobody claims is a container's, and learn it."""
        found = self._runtimes.find(path)
        told = found and found[0].describe(self._host, found[1], path)
        if not found or told is None:
            return False
        self._keep(told)
        self.containers.name_group(found[2], told.id)
        self.answers.clear()
        return True

    def _settle(self, path: str) -> None:
        """Hold a group to be the node's own."""
        if len(self._settled) >= MOST_SETTLED:
            del self._settled[next(iter(self._settled))]
        self._settled[path] = None

    def _hierarchy(self, number: int) -> Hierarchy | None:
        return next((one for one in (self._two, self._one) if one.number == number), None)


def _is_whole(workload: Workload) -> bool:
    return workload.complete and workload.init_pid > 0
