#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs 10,000 small runs, merges them, and opens the file as readers do: xarray with both engines, lazily. Compares with
single runs. Usage: read_sweep.py POLDER SCRATCH_FOLDER. Exit code 77: a reader is not installed."""
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

try:
    import h5netcdf  # noqa: F401  (an engine of xarray)
    import netCDF4  # noqa: F401  (an engine of xarray)
    import numpy as np
    import xarray as xr
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

SCENARIO = """
polder: 1
name: village
clock: {start: 2020-01, end: 2020-12}
seed: 11
parameters:
  growth: {value: 1 %, range: [0 %, 10 %], label: Growth, source: assumption}
  start: {value: 10 kEUR, range: [1 kEUR, 100 kEUR], source: assumption}
actors:
  shop:
    found: {count: 10}
    attributes: {sales: {unit: EUR, start: "start * uniform(0.5, 1.5)"}}
rules:
  - id: grow
    who: shop
    do:
      - multiply: {sales: "1 + growth * uniform(0, 2)"}
indicators:
  - {id: sales, unit: kEUR, value: sum(shop.sales), every: month}
  - {id: mean_sales, unit: EUR, value: mean(shop.sales), every: month}
"""
EXPERIMENT = """
polder: 1
experiment:
  name: village-sweep
  baseline: village.yaml
  replicates: 10
  design: {method: grid}
  parameters:
    growth: {levels: [%s]}
    start: {levels: [%s]}
"""
POINTS, REPLICATES = 1000, 10


def peak_of_children():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # MiB


def main(polder, scratch):
    pathlib.Path(scratch).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        folder = pathlib.Path(name)
        (folder / "village.yaml").write_text(SCENARIO)
        growth = ", ".join(f"{i} %" for i in np.linspace(0, 10, 40).round(3))
        start = ", ".join(f"{i} kEUR" for i in range(10, 35))
        (folder / "sweep.yaml").write_text(EXPERIMENT % (growth, start))
        out = str(folder / "sweep.h5")
        command = [polder, "sweep", "run", str(folder / "sweep.yaml"), "-o", out, "--no-merge"]
        print(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout, end="")
        begin, before = time.time(), peak_of_children()
        subprocess.run([polder, "sweep", "merge", str(folder / "sweep.yaml"), "-o", out], check=True, stdout=subprocess.DEVNULL)
        seconds, peak = time.time() - begin, peak_of_children()
        print(f"merged {POINTS * REPLICATES} runs in {seconds:.2f} s; peak of the sweep's processes {peak:.0f} MiB "
              f"({before:.0f} before merging)")
        assert seconds < 30 and peak < 500

        # One run on its own has the same values to the last bit.
        point, replicate = 617, 7
        with xr.open_dataset(out, group="parameters") as parameters:
            assert parameters.growth.units == "1" and parameters.start.units == "EUR"
            assert parameters.start.low == 10000 or parameters.start.low == 1000
            values = {key: float(parameters[key][point]) for key in ("growth", "start")}
        single = str(folder / "single.h5")
        subprocess.run([polder, "run", str(folder / "village.yaml"), "--replicates", "10", "-o", single, "--quiet",
                        "--set", f"parameters.growth={values['growth']!r}",
                        "--set", f"parameters.start={values['start']!r} EUR"], check=True)
        with xr.open_dataset(single, group="indicators") as alone:
            expected = alone.sales.values[0, replicate]

        for engine in ("h5netcdf", "netcdf4"):
            begin, memory = time.time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            with xr.open_dataset(out, engine=engine, group="indicators") as data:
                assert dict(data.sizes) == {"point": POINTS, "arm": 1, "replicate": REPLICATES, "time": 12}, data.sizes
                assert not data.sales._in_memory, "opened lazily"
                assert data.sales.dims == ("point", "arm", "replicate", "time") and data.sales.units == "kEUR"
                assert str(data.time.values[-1])[:10] == "2020-12-31" and list(data.arm.values) == ["village"]
                run = data.sales.isel(point=point, replicate=replicate).values[0]
                assert (run == expected).all(), (run, expected)
                assert not np.isnan(data.sales.values).any()
                grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
            with xr.open_dataset(out, engine=engine, group="runs") as runs:
                assert (runs.status.values == 1).all() and (runs.seconds.values > 0).all()
                assert set(runs.error.values.ravel()) == {""}
            with xr.open_dataset(out, engine=engine) as root:
                assert root.attrs["kind"] == "sweep" and root.attrs["complete"] == 1 and root.attrs["format"] == 1
            with xr.open_dataset(out, engine=engine, group="design") as design:
                assert json.loads(str(design.json.values))["method"] == "grid"
                assert json.loads(design.attrs["json"])["request"]["parameters"][0]["name"] == "growth"
            with xr.open_dataset(out, engine=engine, group="scenario") as scenario:
                assert "village" in str(scenario.resolved.values[0])
            print(f"{engine}: {time.time() - begin:.2f} s, {grown / 1024:.0f} MiB more")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
