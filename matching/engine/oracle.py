"""The same integers, the slow obvious way: plain Python loops, what every fast path is tested against."""

from dataclasses import dataclass

from matching.engine.arrays import Roles, Technicians
from matching.engine.constants import MUST_COVERED, NONE_FAILED, REACHABLE_PERCENT, WEIGHT_SUM
from matching.engine.matrix import RelatednessMatrix

_MASK = (1 << 64) - 1


@dataclass(frozen=True)
class OracleEntry:
    """One pair in a list."""

    id: int
    key: int
    order: int
    failed: int


@dataclass(frozen=True)
class OracleLists:
    """One owner's two parts, and how many are reachable."""

    full: list[OracleEntry]
    near: list[OracleEntry]
    reachable: int


def coverage(related: int, held_level: int, asked_level: int) -> int:
    """How far one skill held covers one need: 0..100."""
    return related * min(held_level, asked_level) // asked_level


def pair(technicians: Technicians, t: int, roles: Roles, r: int, relatedness: RelatednessMatrix) -> tuple[int, bool]:
    """The sum of one pair, and whether every must-have is covered."""
    total, musts_met = 0, True
    for n in range(roles.indptr[r], roles.indptr[r + 1]):
        best = 0
        for e in range(technicians.indptr[t], technicians.indptr[t + 1]):
            related = relatedness.of(int(roles.indices[n]), int(technicians.indices[e]))
            best = max(best, coverage(related, int(technicians.levels[e]), int(roles.levels[n])))
        total += int(roles.weights[n]) * best
        if roles.must[n] and best < MUST_COVERED:
            musts_met = False
    return total, musts_met


def failed_limits(technicians: Technicians, t: int, roles: Roles, r: int) -> list[int]:
    """The numbers of the limits that a pair fails."""
    failed = []
    for number, (spec, where) in enumerate(roles.limits.slices()):
        need = [int(word) for word in roles.need[r, where]]
        has = [int(word) for word in technicians.has[t, where]]
        if spec.mode == "all":
            fails = any(n & ~h & _MASK for n, h in zip(need, has, strict=True))
        else:
            fails = any(need) and not any(n & h for n, h in zip(need, has, strict=True))
        if fails:
            failed.append(number)
    return failed


def order(key: int, evidence: int, freshness: int, technician_id: int, role_id: int, day: int) -> int:
    """The whole sort key of a pair: key, evidence, weeks of freshness, hash."""
    weeks = 255 - min(255, max(0, day - freshness) // 7)
    mixed = _splitmix(_splitmix((technician_id & _MASK) ^ _splitmix(day)) ^ (role_id & _MASK))
    return key << 47 | evidence << 39 | weeks << 31 | mixed >> 33


def match(
    technicians: Technicians,
    roles: Roles,
    relatedness: RelatednessMatrix,
    *,
    day: int,
    k_technician: int,
    k_roles: list[int],
    k_near: int,
) -> tuple[list[OracleLists], list[OracleLists]]:
    """Both sides' lists: (technicians', roles')."""
    of_technician: list[list[OracleEntry]] = [[] for _ in range(len(technicians))]
    of_role: list[list[OracleEntry]] = [[] for _ in range(len(roles))]
    for t in range(len(technicians)):
        for r in range(len(roles)):
            total, musts_met = pair(technicians, t, roles, r, relatedness)
            failed = failed_limits(technicians, t, roles, r)
            if total == 0 or len(failed) > 1:
                continue
            key = (int(musts_met) << 16) | total
            person, role = int(technicians.ids[t]), int(roles.ids[r])
            place = order(key, int(technicians.evidence[t]), int(technicians.freshness[t]), person, role, day)
            mark = failed[0] if failed else NONE_FAILED
            of_technician[t].append(OracleEntry(role, key, place, mark))
            of_role[r].append(OracleEntry(person, key, place, mark))
    return (
        [_lists(entries, k_technician, k_near) for entries in of_technician],
        [_lists(entries, k, k_near) for entries, k in zip(of_role, k_roles, strict=True)],
    )


def _lists(entries: list[OracleEntry], k: int, k_near: int) -> OracleLists:
    entries = sorted(entries, key=lambda entry: (-entry.order, entry.id))
    full = [entry for entry in entries if entry.failed == NONE_FAILED]
    near = [entry for entry in entries if entry.failed != NONE_FAILED]
    enough = [e for e in full if e.key >> 16 and (e.key & 0xFFFF) >= REACHABLE_PERCENT * WEIGHT_SUM]
    return OracleLists(full[:k], near[:k_near], len(enough))


def _splitmix(value: int) -> int:
    z = (value + 0x9E3779B97F4A7C15) & _MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
    return z ^ (z >> 31)
