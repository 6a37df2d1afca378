#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scales the founding tables of 2020 back to 2015 for the hindcast (scenarios/nl-2015.yaml).

    python3 tools/data/backcast_2015.py        # standard library only; writes scenarios/data/2015/

Each factor is a figure of 2015 over one of 2020; where the series ends in 2019 it is grown to 2020 as the totals of
scenarios/data/README.md are. What has no figure of 2015 keeps its value of 2020 and is listed as a later-dated input in nl-2015.yaml.
"""
import csv
import pathlib

data = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "data"

# Eurostat rd_e_gerdact, million PPS of 2005 (constant prices): 2015 over 2020 for firms; for the others 2015 over 2019, and MEUR of 2019
# over 2020 from README.md.
business_rd = 7707.3 / 9114.9
higher_education_rd = 3558.4 / 3697.0 * 4900 / 5100
institutes_rd = 729.0 / 765.0 * 1014 / 1050
# Volume of GDP, 2015 to 2020: recalled, 5 % in all (8.9 % to 2019, then -3.9 %).
value_added = 1 / 1.05

factors = {
    "firms.csv": {
        "sum.rd_spending [kEUR/month]": business_rd,
        "sum.rd_staff [person]": business_rd,
        "sum.rd_stock [kEUR]": business_rd,
        "sum.value_added [kEUR/month]": value_added,
        "sum.sales [kEUR/month]": value_added,
        "sum.staff [person]": value_added,
        "sum.staff_3y_ago [person]": value_added,
    },
    "governments.csv": {"research_budget [kEUR/month]": higher_education_rd},
}
research_columns = ("rd_spending [kEUR/month]", "research_budget [kEUR/month]", "rd_plan [kEUR/month]")


def institute_factors(row):
    factor = institutes_rd if row["type"] == "institute" else higher_education_rd
    return {column: factor for column in research_columns}


def scale(name, factors_of):
    lines = (data / name).read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    reader = csv.DictReader([line for line in lines if not line.startswith("#")])
    (data / "2015").mkdir(exist_ok=True)
    with open(data / "2015" / name, "w", encoding="utf-8", newline="") as file:
        file.write("# Scaled from the table of 2020 by tools/data/backcast_2015.py; its notes follow.\n")
        file.writelines(line + "\n" for line in comments)
        writer = csv.DictWriter(file, reader.fieldnames, lineterminator="\n")
        writer.writeheader()
        for row in reader:
            for column, factor in factors_of(row).items():
                if row[column]:
                    row[column] = f"{float(row[column]) * factor:.6g}"
            writer.writerow(row)


if __name__ == "__main__":
    for table, columns in factors.items():
        scale(table, lambda row, columns=columns: columns)
    scale("institutes.csv", institute_factors)
