"""``python -m benchmarks.matching --people N --roles M [--esco DIR] [--json FILE] [--only NAME ...]``.

Ours (exact, limits, musts, top 100 and 50 near of both sides) beside its peers, each in a process of its own; equality
with the oracle; single updates; cold start; growth. A peer that is not installed is said and passed over: they are in
the group ``bench`` of pyproject.toml. Needs no database.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import stored_world
from benchmarks.matching.checks import CHECKS
from benchmarks.matching.contenders import CONTENDERS, NEAR, K
from benchmarks.matching.measure import machine
from benchmarks.world import describe, town


def run(module: str, name: str, folder: Path) -> dict[str, Any]:
    """One measurement in its own process."""
    command = [sys.executable, "-m", f"benchmarks.matching.{module}", name, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"error": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit {done.returncode}"}
    return json.loads(done.stdout.strip().splitlines()[-1])


def line(name: str, result: dict[str, Any], pairs: int) -> str:
    """A row of the table."""
    if "missing" in result:
        return f"| {name} | not installed: {result['missing']} | | | |"
    if "error" in result:
        return f"| {name} | failed: {result['error']} | | | |"
    rate = pairs / result["wall s"] / 1e9
    sample = (
        f"{result['sample']:,} of {result['of']:,} queries, scaled"
        if result.get("sample", 0) < result.get("of", 0)
        else ""
    )
    more = [f"{key} {result[key]}" for key in ("recall", "recall without limits") if key in result]
    note = "; ".join([*filter(None, [sample]), *more])
    return f"| {name} | {result['wall s']:.2f} | {result['CPU s']:.2f} | {rate:.3f} | {result['peak MB']} | {note} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--roles", type=int, default=1_000)
    parser.add_argument("--esco", type=Path, help="folder of ESCO's CSV files; own clusters without it")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--only", nargs="*", choices=[*CONTENDERS, *CHECKS], help="these alone")
    arguments = parser.parse_args()
    wanted = arguments.only or [*CONTENDERS, *CHECKS]
    world = town(arguments.people, arguments.roles, esco=arguments.esco)
    out: dict[str, Any] = {"machine": machine(), "world": describe(world), "K": K, "near": NEAR}
    print(json.dumps(out, indent=1), flush=True)
    pairs = arguments.people * arguments.roles
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        stored_world.save(world, folder)
        del world
        print("\n| | wall s | CPU s | G pairs/s | peak MB | |\n|---|---|---|---|---|---|", flush=True)
        for name in CONTENDERS:
            if name in wanted:
                out[name] = run("contenders", name, folder)
                print(line(name, out[name], pairs), flush=True)
        for name in CHECKS:
            if name in wanted:
                out[name] = run("checks", name, folder)
                print(f"\n{name}: {json.dumps(out[name], indent=1)}", flush=True)
    for name in ("ours, 1 thread", "ours, 2 threads"):
        if name in out:
            print(f"\n{name}: {json.dumps(out[name])}")
    out["load at the end"] = machine()["load"]
    if arguments.json:
        arguments.json.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
