#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Reads a result the way its users do: xarray (both engines), h5py, ncdump and R. Knows the numbers of the sample experiment
by its own calculation. Usage: read_result.py MAKE_SAMPLE_RESULT [R_SCRIPT]. Exit code 77: a reader is not installed."""
import math
import shutil
import subprocess
import sys
import tempfile

try:
    import h5py
    import numpy as np
    import xarray as xr
    import h5netcdf  # noqa: F401  (an engine of xarray)
    import netCDF4  # noqa: F401  (an engine of xarray)
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

ENGINES = ("netcdf4", "h5netcdf")
ARMS = ["baseline", "growth-fund-photonics"]
POLICY = ARMS[1]
LABELS = {"sector": ["industry", "services", "other"], "region": ["Groningen", "Fryslân", "abroad"]}
MONTHS = [2020 * 12 + 5 + 6 * i for i in range(6)]
TIMES = np.array(["2020-06-30", "2020-12-31", "2021-06-30", "2021-12-31", "2022-06-30", "2022-12-31"], "datetime64[ns]")
MASK = 2**64 - 1


def mix64(x):
    x = (x + 0x9E3779B97F4A7C15) & MASK
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & MASK
    return x ^ (x >> 31)


def combine(a, b):
    return mix64(a ^ mix64(b))


def hash_name(name):
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return mix64(h)


def value(arm, replicate, name, month, label=0):
    common = combine(hash_name(name), combine(replicate, month * 100 + label))
    share = lambda h: (h >> 11) * 2.0**-53
    return 100 + 10 * share(common) + arm * (1 + share(mix64(common)))


def check(condition, what):
    if not condition:
        print(f"FAILED: {what}")
        sys.exit(1)


def groups_of(path):
    found = ["/"]
    with h5py.File(path) as file:
        file.visititems(lambda name, item: found.append(name) if isinstance(item, h5py.Group) else None)
    return found


def open_all(path, engine):
    opened = {group: xr.open_dataset(path, engine=engine, group=group).load() for group in groups_of(path)}
    for data in opened.values():
        data.close()
    return opened


def check_named(data, where):
    """Every variable has a name, every number a unit, every axis of categories its labels."""
    for name, variable in data.variables.items():
        place = f"{where}/{name}"
        check(not any(d.startswith("phony") for d in variable.dims), f"{place} has named axes, not {variable.dims}")
        if name.endswith("_bounds"):
            continue
        check(variable.attrs.get("long_name"), f"{place} has a long_name")
        if variable.dtype.kind in "iuf":
            check(variable.attrs.get("units"), f"{place} has units")
        if variable.dtype.kind == "f":
            check(math.isnan(variable.encoding["_FillValue"]), f"{place} has a fill value")
        if variable.dtype.kind in "iu":
            check("_FillValue" not in variable.encoding, f"{place} has no fill value")


def check_indicators(opened, committed, where):
    data = opened["indicators"]
    check(list(data.arm.values) == ARMS, f"{where}: arms {data.arm.values}")
    check(list(data.replicate.values) == [1, 2, 3, 4], f"{where}: replicates {data.replicate.values}")
    check((data.time.values == TIMES).all(), f"{where}: times {data.time.values}")
    check(data.time_bounds.dims == ("time", "bound"), f"{where}: bounds {data.time_bounds.dims}")
    check(data.private_rnd.dims == ("arm", "replicate", "time"), f"{where}: axes {data.private_rnd.dims}")
    check(data.private_rnd.attrs["units"] == "MEUR", f"{where}: units of private_rnd")
    check(data.private_rnd.attrs["title_nl"] == "Titel van private_rnd (ë)", f"{where}: Dutch title")
    check(data.private_rnd.attrs["annex"] == 7, f"{where}: annex")
    sampled = {"private_rnd": {1, 3, 5}, "startups": set(range(6)), "chips": {5}}
    for name, at in sampled.items():
        for arm in range(2):
            for r in range(4):
                for t in range(6):
                    known = (arm, r) in committed and t in at and (name != "chips" or arm == 1)
                    got = float(data[name].sel(arm=ARMS[arm], replicate=r + 1, time=TIMES[t]))
                    wanted = value(arm, r, name, MONTHS[t]) if known else math.nan
                    check(got == wanted or (math.isnan(got) and math.isnan(wanted)), f"{where}: {name} {arm} {r} {t}: {got}, {wanted}")


def check_splits(opened, committed, where):
    for axis, labels in LABELS.items():
        split = opened[f"indicators_by_{axis}"].private_rnd
        check(split.dims == ("arm", "replicate", "time", axis), f"{where}: axes {split.dims}")
        check(split.attrs["units"] == "MEUR", f"{where}: units of the split")
        for arm, r in committed:
            for number, label in enumerate(labels, 1):
                got = float(split.sel({"arm": ARMS[arm], "replicate": r + 1, "time": TIMES[3], axis: label}))
                wanted = value(arm, r, "private_rnd", MONTHS[3], number)
                if label == "abroad" and arm == 0:
                    check(math.isnan(got), f"{where}: the baseline knows no {label}")
                else:
                    check(got == wanted, f"{where}: {axis} {label}: {got}, {wanted}")


def check_flows(data, where):
    check(data.amount.dims == ("row",) and data.amount.dtype == np.int64, f"{where}: rows of flows")
    check(data.amount.attrs["units"] == "cent", f"{where}: flows in cents")
    check((data.amount.values != 0).all(), f"{where}: only flows that are not zero")
    payer = data.payer.values[data.flow_index.values]
    receiver = data.receiver.values[data.flow_index.values]
    instrument = data.instrument.values[data.flow_index.values]
    arm = data.arm.values[data.arm_index.values]
    row = (arm == POLICY) & (data.replicate.values == 3) & (data.year.values == 2021) & (instrument == "photonics")
    row &= (payer == "fund") & (receiver == "firm")
    # replicate 2 (from 0), arm 1, year 1, flow 0: left out, because (1 + 0 + 2) is divisible by three
    check(not row.any(), f"{where}: a flow of zero has no row")
    row = (arm == POLICY) & (data.replicate.values == 4) & (data.year.values == 2021) & (instrument == "photonics") & (payer == "fund")
    check(list(data.amount.values[row]) == [1_000_000_000_000_007 + 3000 + 100 + 10], f"{where}: a flow to the cent")


def check_networks(data, where):
    check(data.id.dims == ("arm", "moment", "node") and data.strength.dims == ("arm", "moment", "tie"), f"{where}: axes of a network")
    check(list(data.moment.values) == [np.datetime64("2019-12-31"), np.datetime64("2022-12-31")], f"{where}: moments {data.moment.values}")
    last = data.sel(arm=POLICY, moment="2022-12-31")
    check(int(last.nodes) == 211 and int(last.nodes_left_out) == 206 and int(last.ties_left_out) == 896, f"{where}: what was left out")
    check(int(last.id[1]) == mix64(11) and float(last.weight[2]) == 12.5 and int(last.degree[4]) == 104, f"{where}: nodes")
    check(list(last.second.values[:5]) == [1, 2, 3, 4, -1] and math.isnan(float(last.strength[4])), f"{where}: ties")
    region = [data.region.values[i] if i >= 0 else None for i in last.region_index.values[:5]]
    check(region == ["abroad", "Fryslân", None, "abroad", "Fryslân"], f"{where}: regions of nodes {region}")
    check(data.attrs["replicate"] == 1 and "150 agents" in data.attrs["selection"], f"{where}: which are shown")


def check_effects(data, where):
    effect = data.startups_mean
    check(effect.dims == ("time",) and effect.attrs["units"] == "firms", f"{where}: effect {effect.dims}")
    differences = [value(1, r, "startups", MONTHS[2]) - value(0, r, "startups", MONTHS[2]) for r in range(4)]
    mean, error = np.mean(differences), np.std(differences, ddof=1) / 2
    at = {"time": TIMES[2]}
    check(math.isclose(float(effect.sel(at)), mean, rel_tol=1e-12), f"{where}: mean effect")
    check(math.isclose(float(data.startups_standard_error.sel(at)), error, rel_tol=1e-9), f"{where}: standard error")
    check(math.isclose(float(data.startups_high.sel(at)), mean + 3.182446 * error, rel_tol=1e-6), f"{where}: t interval")
    check(int(data.startups_pairs.sel(at)) == 4, f"{where}: pairs")
    check(data.attrs["baseline"] == "baseline", f"{where}: baseline")


def check_xarray(folder):
    everything = {(arm, r) for arm in range(2) for r in range(4)}
    cases = {"finished.h5": (1, everything), "unfinished.h5.partial": (0, {(1, 3), (0, 0), (1, 1)})}
    for name, (complete, committed) in cases.items():
        for engine in ENGINES:
            where = f"{name} ({engine})"
            opened = open_all(f"{folder}/{name}", engine)
            for group, data in opened.items():
                check_named(data, f"{where} {group}")
            root = opened["/"]
            check(root.attrs["complete"] == complete and root.attrs["format"] == 1, f"{where}: complete and format")
            check(int(root.attrs["seed"]) == 0xFEDCBA9876543210, f"{where}: seed {root.attrs['seed']}")
            flags = {(a, r) for a in range(2) for r in range(4) if int(root.committed[a, r])}
            check(flags == committed, f"{where}: committed {flags}")
            check_indicators(opened, committed, where)
            check_splits(opened, committed, where)
            instruments = opened["instruments"]
            check(instruments.outlay.dims == ("arm", "replicate", "year", "instrument"), f"{where}: outlay")
            check(instruments.outlay.dtype == np.int64 and instruments.outlay.attrs["units"] == "cent", f"{where}: cents")
            applications = float(instruments.applications.sel(arm=POLICY, replicate=2, year=2021, instrument="photonics"))
            check(applications == 111.5, f"{where}: applications {applications}")
            scenario = opened["scenario"]
            check(scenario.resolved.values[1] == "name: growth-fund-photonics\n", f"{where}: resolved scenario")
            check(list(scenario.path.values) == ["data/raw.bin", "nl-2020.yaml", "photonics.yaml"], f"{where}: files")
            check(list(scenario.used.sel(arm=POLICY).values) == [0, 1, 1], f"{where}: files of the policy")
            check("Fryslân" in scenario.content.values[1], f"{where}: embedded file")
            if complete:
                check_flows(opened["flows"], where)
                check_networks(opened["networks/contacts"], where)
                check_effects(opened[f"effects/{POLICY}"], where)


def check_h5py(folder):
    with h5py.File(f"{folder}/finished.h5") as file:
        series = file["indicators/private_rnd"]
        check([d.label or d[0].name.split("/")[-1] for d in series.dims] == ["arm", "replicate", "time"], "h5py: axes")
        check(series.compression == "gzip" and series.shuffle, "h5py: deflate and shuffle")
        check(file["provenance"].attrs["compiler"] != "", "h5py: provenance")


def check_ncdump(folder):
    if not shutil.which("ncdump"):
        print("ncdump: not installed, left out")
        return
    text = subprocess.run(["ncdump", "-h", f"{folder}/finished.h5"], check=True, capture_output=True, text=True).stdout
    for line in ("double private_rnd(arm, replicate, time) ;", 'private_rnd:units = "MEUR" ;', ":complete = 1 ;",
                 "double private_rnd(arm, replicate, time, sector) ;", f"group: {POLICY} {{", "int degree(arm, moment, node) ;", "byte committed(arm, replicate) ;"):
        check(line in text, f"ncdump: {line}")


def check_r(folder, script):
    has = lambda package: subprocess.run(["Rscript", "-e", f"library({package})"], capture_output=True).returncode == 0
    if not shutil.which("Rscript") or not has("hdf5r"):
        print("R with hdf5r: not installed, left out")
        return
    wanted = value(1, 2, "private_rnd", MONTHS[3])
    ran = subprocess.run(["Rscript", script, f"{folder}/finished.h5", repr(wanted)], capture_output=True, text=True)
    check(ran.returncode == 0, f"R: {ran.stdout}{ran.stderr}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.argv[1], folder], check=True)
        check_xarray(folder)
        check_h5py(folder)
        check_ncdump(folder)
        if len(sys.argv) > 2:
            check_r(folder, sys.argv[2])
    print("every reader agrees")


main()
