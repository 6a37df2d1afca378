#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The skeleton of a new mechanism compiles without a warning.

Usage: new_mechanism_test.py COMPILER
"""
import pathlib
import subprocess
import sys
import tempfile

project = pathlib.Path(__file__).resolve().parents[2]
with tempfile.TemporaryDirectory() as scratch:
    subprocess.run(
        [project / "tools/new_mechanism", "market", "price_war", "Firms of a crowded sector cut their prices.", "--root", scratch],
        check=True,
    )
    files = sorted(pathlib.Path(scratch).rglob("*.?pp"))
    assert len(files) == 3, files
    for file in files:
        if file.suffix == ".cpp":
            flags = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]
            subprocess.run([sys.argv[1], *flags, "-I", scratch, "-I", project, file], check=True)
    again = subprocess.run(
        [project / "tools/new_mechanism", "market", "price_war", "Again.", "--root", scratch], capture_output=True, text=True
    )
    assert again.returncode == 1 and "exists already" in again.stderr, again
