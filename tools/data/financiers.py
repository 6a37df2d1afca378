# SPDX-License-Identifier: Apache-2.0
"""Financiers: business angels, venture, corporate and regional funds, Invest-NL, banks and foreign funds.

No list of Dutch funds with sizes is at hand: they are built from margins. Domestic funds invest about 1.2 GEUR a year (1.7 GEUR in
2020, of which a third from abroad: between 10 % in 2019 and 55 % in 2021) and raise a new fund every five years, so the funds of
five years hold about 6 GEUR: 3.8 in venture funds, 0.9 in corporate, 0.75 in regional funds, 0.3 at Invest-NL (of its capital of
1.7 GEUR: 161 MEUR went to firms by April 2022, 340 MEUR to other funds, which stand above). Sizes are log-normal quantiles, vintages spread evenly over ten years. For venture funds
the sd of the log is 1.4: a few hold 400 MEUR and more (Forbion V 460 MEUR, LSP 6 540 MEUR, Gilde Healthcare V 416 MEUR, all 2020, recalled)
while SEED Capital funds hold some 10 to 20 MEUR.
"""
from statistics import NormalDist

from firms import STARTUP_REGIONS
from raking import scaled, split
from sources import write

DOMESTIC_CAPITAL = 3800.0  # MEUR in venture funds
FUNDS = 120
THEME_CYCLE = ["none", "none", "ai", "health", "none", "hightech", "biotech", "none", "energy", "none", "agrifood", "none", "photonics",
               "none", "health", "ai", "none", "energy", "none", "hightech"]
# Smallest and largest ticket by fund size: partners' agreements let a fund put 10 to 20 % of its capital in one company, at most.
FOREIGN_TICKETS = (0.01, 0.15)
ROMS = [("NOM", "Groningen", 75), ("Oost NL", "Gelderland", 190), ("BOM", "Noord-Brabant", 160), ("LIOF", "Limburg", 75),
        ("InnovationQuarter", "Zuid-Holland", 110), ("Impuls Zeeland", "Zeeland", 15), ("ROM Utrecht Region", "Utrecht", 40),
        ("Horizon Flevoland", "Flevoland", 25), ("ROM InWest", "Noord-Holland", 60)]


def size_quantiles(n, total, sd):
    normal = NormalDist()
    raw = [2.718281828 ** (sd * normal.inv_cdf((i + 0.5) / n)) for i in range(n)]
    return [total * value / sum(raw) for value in raw]


def stages(size):
    """Earliest and latest stage, smallest and largest ticket in kEUR, by fund size in MEUR (assumption)."""
    if size < 20:
        return "pre_seed", "seed", 50, 750
    if size < 60:
        return "seed", "series_a", 250, 3000
    if size < 150:
        return "seed", "series_b", 500, 8000
    return "series_a", "series_c", 2000, float(round(size * 100))  # a tenth of the fund


def write_financiers():
    table = []

    def row(kind, name, region, theme, size, vintage, first, last, low, high, hurdle, reserve, home, public, dry, rate=0.0, life=120):
        # public and private claims of new rounds start at nothing; `cash` is dry powder
        table.append([kind, name, region, theme, float(round(size * 1000)), vintage, life, low, high, first, last, hurdle, reserve, home,
                      public, float(round(size * 1000 * dry)), rate, "assumption"])

    regions = split(FUNDS, {"Noord-Holland": 48, "Utrecht": 12, "Zuid-Holland": 15, "Noord-Brabant": 13, "Gelderland": 6,
                            "Overijssel": 3, "Groningen": 3, "Limburg": 2})
    places = [r for r, n in regions.items() for _ in range(n)]
    for i, size in enumerate(size_quantiles(FUNDS, DOMESTIC_CAPITAL, 1.4)):
        vintage = (i * 37) % 120
        first, last, low, high = stages(size)
        row("venture_fund", f"venture fund {i + 1}", places[(i * 53) % FUNDS], THEME_CYCLE[i % len(THEME_CYCLE)], size, vintage, first, last,
            low, high, 0.20, 0.4, 1.0, 0.15, max(0.15, 1 - vintage / 70))
    for i, size in enumerate(size_quantiles(15, 900.0, 0.7)):
        row("corporate_fund", f"corporate fund {i + 1}", ["Noord-Brabant", "Noord-Holland", "Zuid-Holland", "Utrecht"][i % 4],
            ["hightech", "energy", "health", "ai", "agrifood"][i % 5], size, (i * 29) % 84, "seed", "series_b", 500, 8000, 0.15, 0.3, 0.5, 0.0, 0.5)
    for name, region, size in ROMS:
        row("regional_fund", name, region, "none", size, 36, "pre_seed", "series_b", 100, 5000, 0.08, 0.4, 4.0, 1.0, 0.4, life=600)
    row("national_fund", "Invest-NL", "Noord-Holland", "none", 300, 6, "series_a", "series_c", 5000, 50000, 0.10, 0.4, 1.0, 1.0, 0.9, life=600)
    angels = scaled(STARTUP_REGIONS, 60)
    for region in STARTUP_REGIONS:
        for n in range(max(1, round(angels[region]))):
            row("business_angel", f"angel group {region} {n + 1}", region, "none", 6.0, 24, "pre_seed", "seed", 25, 300, 0.25, 0.2, 2.0, 0.0, 0.6, life=360)
    for i in range(3):
        row("bank", f"bank {i + 1}", ["Noord-Holland", "Utrecht", "Noord-Holland"][i], "none", 40000, 600, "series_c", "series_c", 50, 50000, 0.06, 0.0,
            0.0, 0.0, 1.0, rate=0.04, life=1200)
    for i, size in enumerate(size_quantiles(40, 16000.0, 0.8)):
        smallest, largest = (float(round(size * 1000 * part)) for part in FOREIGN_TICKETS)
        row("foreign_fund", f"foreign fund {i + 1}", "Noord-Holland", ["none", "ai", "health", "none", "hightech"][i % 5], size, (i * 31) % 84,
            "series_a", "series_c", smallest, largest, 0.22, 0.4, 0.0, 0.0, 0.10)
    write("financiers.csv", [
        "Financiers in 2020. No list with sizes is at hand: built from margins (see tools/data/financiers.py and README.md); every row is an",
        "assumption. cash is what the fund can still invest in Dutch ventures; foreign funds hold a tenth of theirs for the Netherlands."],
        ["type", "name", "region", "theme", "fund_size [kEUR]", "vintage [month]", "life [month]", "ticket_min [kEUR]", "ticket_max [kEUR]",
         "first_stage", "last_stage", "hurdle_rate [1/year]", "reserve_share", "home_bias", "public_share", "cash [kEUR]",
         "lending_rate [1/year]", "source"], table)
