# SPDX-License-Identifier: Apache-2.0
"""Regenerates the tables of 2020 in scenarios/data from scenarios/data/sources: python3 tools/data/build_2020.py"""
from collections import defaultdict

import facilities
import financiers
import firms
import hubs
import institutes
import lists
import persons
from sources import write


def main():
    table, margins, cells, _, top = firms.write_firms()
    by_sector = defaultdict(float)
    for (_, sector, *_), n in cells.items():
        by_sector[sector] += n
    lists.write_lists(margins["R&D by region"], by_sector, margins["R&D by sector"])
    money, researchers, phds, stem = institutes.write_institutes()
    institutes.write_governments(money)
    financiers.write_financiers()
    facilities.write_facilities()
    hubs.write_hubs()
    persons.write_persons(money, researchers, phds, stem, margins["R&D by region"])
    rows = []
    for name, values in margins.items():
        unit = "MEUR/year" if name.startswith("R&D by") else "firms"
        for label, value in values.items():
            rows.append([name, label, float(round(value, 1)), unit])
    for kind in ("university", "medical_centre", "hogeschool", "institute"):
        rows.append(["R&D by institute type", kind, float(round(sum(v for k, v in money.items() if k[0] == kind), 1)), "MEUR/year"])
    write("margins.csv", ["The margins to which the tables of 2020 are raked. Firms: without startups. Sources: README.md."],
          ["quantity", "label", "value", "unit"], rows)


if __name__ == "__main__":
    main()
