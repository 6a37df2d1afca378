# SPDX-License-Identifier: Apache-2.0
"""Reads the source files in scenarios/data/sources and writes the tables in scenarios/data."""
import csv
import pathlib

DATA = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "data"


def rows(name):
    """The rows of a source file as dictionaries."""
    with open(DATA / "sources" / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def figures():
    """calibration.csv: key -> value."""
    return {row["key"]: float(row["value"]) for row in rows("calibration.csv")}


def text(value):
    """A number as short as its meaning allows: whole, or six significant digits."""
    if isinstance(value, float):
        value = float(f"{value:.6g}")
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    return str(value)


def write(name, comments, header, table):
    """Writes scenarios/data/<name> with comment lines that say where it comes from."""
    with open(DATA / name, "w", newline="", encoding="utf-8") as file:
        for line in comments:
            file.write(f"# {line}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in table:
            writer.writerow([text(cell) for cell in row])
    print(f"{name}: {len(table)} rows")
