# SPDX-License-Identifier: Apache-2.0
"""Iterative proportional fitting of sparse tables, and rounding that keeps totals."""
from collections import defaultdict


def margin(cells, axes):
    """Sums of a table {key tuple: value} over all but the given axes."""
    sums = defaultdict(float)
    for key, value in cells.items():
        sums[tuple(key[a] for a in axes)] += value
    return sums


def rake(cells, margins, rounds=200, tolerance=1e-9):
    """Scales the cells until every margin holds: Deming and Stephan 1940.

    cells: {key tuple: seed}; margins: list of (axes, {key: wanted}). Labels that a margin does not name stay free.
    Returns the cells and the largest relative miss of a margin.
    """
    cells = dict(cells)
    miss = 0.0
    for _ in range(rounds):
        miss = 0.0
        for axes, wanted in margins:
            sums = margin(cells, axes)
            factors = {k: w / sums[k] if sums.get(k) else 1.0 for k, w in wanted.items()}
            for key in cells:
                cells[key] *= factors.get(tuple(key[a] for a in axes), 1.0)
        for axes, wanted in margins:
            sums = margin(cells, axes)
            for k, w in wanted.items():
                if w:
                    miss = max(miss, abs(sums.get(k, 0.0) / w - 1))
        if miss < tolerance:
            break
    return cells, miss


def round_keeping_total(cells, total=None):
    """Whole numbers by largest remainder; ties by key."""
    total = round(sum(cells.values()) if total is None else total)
    floors = {key: int(value) for key, value in cells.items()}
    order = sorted(cells, key=lambda key: (floors[key] - cells[key], key))
    for key in order[: max(0, total - sum(floors.values()))]:
        floors[key] += 1
    return floors


def split(value, shares):
    """A whole number split by shares (largest remainder)."""
    whole = sum(shares.values())
    return round_keeping_total({k: value * s / whole for k, s in shares.items()}, value)


def scaled(shares, total):
    """Shares scaled to a total."""
    whole = sum(shares.values())
    return {key: total * share / whole for key, share in shares.items()}
