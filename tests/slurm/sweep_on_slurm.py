#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A sweep on a real Slurm with two nodes: one task is killed, another requeued while it runs; what is missing is submitted
again, and the merged file is identical to that of an undisturbed run. Usage: sweep_on_slurm.py POLDER SCENARIOS.
Exit code 77: Slurm (or h5py) is not there or cannot be started here."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from cluster import CannotStart, Cluster

try:
    import h5py
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

EXPERIMENT = """
polder: 1
experiment:
  name: on-slurm
  baseline: small.yaml
  policies: [more-courses.yaml]
  replicates: 12
  design: {method: grid, levels: 4}
  parameters:
    effort: {range: [50 EUR/month, 150 EUR/month]}
    workshops: {levels: [2000, 2500, 3000, 3500]}
"""
TASKS = 4


def values_of(path):
    """All arrays but those that may differ between equal sweeps."""
    values = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and not name.startswith("provenance") and name != "runs/seconds":
            data = item[()]
            numbers = getattr(data, "dtype", None) is not None and data.dtype != object
            values[name] = data.tobytes() if numbers else data.tolist() if hasattr(data, "tolist") else data

    with h5py.File(path) as file:
        file.visititems(visit)
        values["complete"] = int(file.attrs["complete"])
    return values


def status(cluster, polder, experiment, output):
    return json.loads(cluster.must(polder, "sweep", "status", str(experiment), "-o", str(output), "--json"))


def submit(cluster, polder, experiment, output):
    said = cluster.must(polder, "sweep", "slurm", str(experiment), "--tasks", str(TASKS), "--mem", "200M", "--time", "10",
                        "--partition", "main", "-o", str(output))
    found = re.search(r"Submitted (\d+) tasks? as job (\d+), and job (\d+)", said)
    assert found, said
    return int(found[1]), found[2], found[3]


def ended(cluster, merge_job):
    return not any(line.split()[0] == merge_job for line in cluster.jobs())


def at_work(cluster, polder, experiment, output):
    return [one for one in status(cluster, polder, experiment, output)["attempts"] if one["state"] == "at work"]


def disturb(cluster, polder, experiment, output, array):
    """Kills the process of one task, and requeues another task."""
    cluster.wait(lambda: sum(one["runs"] > 0 for one in at_work(cluster, polder, experiment, output)) >= 2, 60, "two busy tasks")
    first, second = [one for one in at_work(cluster, polder, experiment, output) if one["runs"] > 0][:2]
    nodes = {one["host"] for one in at_work(cluster, polder, experiment, output)}
    assert nodes <= {"n0", "n1"}, nodes
    os.kill(first["process"], signal.SIGKILL)
    cluster.must("scontrol", "requeue", f"{array}_{second['shard']}")
    print(f"killed shard {first['shard']} after {first['runs']} runs, requeued shard {second['shard']} after {second['runs']}")

    return first["shard"], second["shard"]


def check(polder, scenarios, folder):
    for name in ("small.yaml", "more-courses.yaml"):
        shutil.copy(pathlib.Path(scenarios) / name, folder)
    experiment = folder / "experiment.yaml"
    experiment.write_text(EXPERIMENT)
    (folder / "slurm").mkdir()
    with Cluster(folder / "slurm") as cluster:
        try:
            check_on(cluster, polder, experiment, folder)
        except (AssertionError, TimeoutError):
            print(cluster.logs())
            raise


def check_on(cluster, polder, experiment, folder):
    whole, output = folder / "whole.h5", folder / "a.h5"
    begin = time.time()
    cluster.must(polder, "sweep", "run", str(experiment), "-o", str(whole), "--quiet")
    print(f"undisturbed on one machine: {time.time() - begin:.1f} s")

    tasks, array, merging = submit(cluster, polder, experiment, output)
    assert tasks == TASKS
    killed, requeued = disturb(cluster, polder, experiment, output, array)
    cluster.wait(lambda: ended(cluster, merging), 240, "end of the merging job")
    merged = values_of(output)
    assert merged["complete"] == 0, "the killed task left runs undone, and the file must say so"
    now = status(cluster, polder, experiment, output)
    assert now["missing"] > 0 and now["failed"] == 0, now
    assert sum(one["shard"] == requeued for one in now["attempts"]) >= 2, now
    assert "runs are missing" in (folder / "a.h5.slurm/merge.log").read_text()

    tasks, array, merging = submit(cluster, polder, experiment, output)
    assert tasks == 1, "only the shard of the killed task has something left"
    cluster.wait(lambda: ended(cluster, merging), 240, "end of the second merging job")
    assert values_of(output) == values_of(whole)
    shards = {one["host"] for one in status(cluster, polder, experiment, output)["attempts"]}
    print(f"identical after a kill and a requeue; nodes {sorted(shards)}")
    assert shards == {"n0", "n1"}
    said = cluster.must(polder, "sweep", "slurm", str(experiment), "--tasks", str(TASKS), "-o", str(output))
    assert "All 192 runs are there" in said, said


def main(polder, scenarios):
    # Slurm's paths must be short enough for a socket.
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        try:
            check(polder, scenarios, pathlib.Path(name))
        except CannotStart as reason:
            print(f"SKIPPED: Slurm cannot be started here: {reason}")
            sys.exit(77)


if __name__ == "__main__":
    main(*sys.argv[1:])
