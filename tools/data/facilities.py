# SPDX-License-Identifier: Apache-2.0
"""Facilities, groups of users and regulators.

No list with capacities is at hand: the tables are built from margins. 43 fieldlabs were founded since 2015, 33 large research
facilities stood on the Roadmap of 2016; they are spread over provinces by R&D of firms and by researchers, over themes by the
shares below. Everything else is an assumption.
"""
from raking import split
from sources import write

FIELDLABS, RESEARCH_FACILITIES = 43, 33
FIELDLAB_REGIONS = {"Noord-Brabant": 10, "Zuid-Holland": 9, "Gelderland": 5, "Overijssel": 5, "Noord-Holland": 4, "Utrecht": 2,
                    "Limburg": 3, "Groningen": 2, "Friesland": 1, "Drenthe": 1, "Flevoland": 1, "Zeeland": 0}
RESEARCH_REGIONS = {"Zuid-Holland": 8, "Noord-Holland": 7, "Gelderland": 5, "Utrecht": 4, "Groningen": 3, "Noord-Brabant": 3,
                    "Overijssel": 2, "Limburg": 1}
FIELDLAB_THEMES = {"none": 12, "hightech": 12, "ai": 6, "agrifood": 5, "energy": 5, "health": 2, "photonics": 1}
RESEARCH_THEMES = {"none": 10, "health": 6, "biotech": 6, "hightech": 4, "energy": 2, "ai": 2, "agrifood": 1, "photonics": 1,
                   "quantum": 1}
THEMES = ["photonics", "quantum", "biotech", "ai", "energy", "agrifood", "health", "hightech"]
# type: threshold of acceptance, innovators and imitators and budget a year, members relative to each other
USERS = {"public_buyer": (0.55, 0.02, 0.3, 0.08, 1), "business_customer": (0.6, 0.04, 0.4, 0.1, 3), "consumer_segment": (0.6, 0.03, 0.45, 0.15, 6)}
# theme: share concerned, months, cost [kEUR], chance of refusal, variance, assessors, products each
REGULATORS = {"biotech": (0.9, 24, 1000, 0.25, 1.5, 5, 2), "health": (0.9, 15, 400, 0.2, 1.0, 10, 2),
              "agrifood": (0.6, 15, 200, 0.2, 1.0, 4, 2), "energy": (0.5, 10, 80, 0.1, 0.6, 2, 2),
              "ai": (0.2, 8, 50, 0.1, 0.6, 2, 2)}


def spread(n, shares, step):
    """n labels in proportion to `shares`, in an order in which neighbours differ (step has no factor in common with n)."""
    labels = [label for label, count in split(n, shares).items() for _ in range(count)]
    return [labels[(i * step) % n] for i in range(n)]


def write_facilities():
    table = []
    for i, (region, theme) in enumerate(zip(spread(FIELDLABS, FIELDLAB_REGIONS, 12), spread(FIELDLABS, FIELDLAB_THEMES, 17))):
        table.append(["fieldlab", f"fieldlab {i + 1}", region, theme, 4, 8, 10 + 5 * (i % 3), 3.5, 0.5, 100, 0.02, 6, 70, 0.6,
                      "assumption"])
    for i, (region, theme) in enumerate(zip(spread(RESEARCH_FACILITIES, RESEARCH_REGIONS, 13),
                                            spread(RESEARCH_FACILITIES, RESEARCH_THEMES, 10))):
        table.append(["research_facility", f"research facility {i + 1}", region, theme, 1, 5, 15 + 5 * (i % 3), 7, 0.5, 150, 0.02, 40,
                      500, 0.8, "assumption"])
    write("facilities.csv", [
        "Fieldlabs (43 since 2015, strategy) and large research facilities (33 on the Roadmap of 2016). Built from these two margins",
        "(tools/data/facilities.py); capacity, running costs and what hosts bear are assumptions, fees cover what hosts do not bear at four fifths use."],
        ["facility_type", "name", "region", "theme", "trl_low", "trl_high", "capacity", "fee [kEUR/month]", "fee_small_firm", "reach [km]",
         "meeting", "staff [person]", "opex [kEUR/month]", "host_share", "source"], table)
    write("users.csv", [
        "Groups of users of new products: public buyers (73 GEUR a year, strategy), business customers, consumers, for each theme.",
        "Thresholds and rates of adoption: assumptions near Bass's 0.03 innovators and 0.38 imitators a year (recalled). Budgets allow a",
        "new product as often as the old one wears out: buildings and networks 12 years, machines 10, durables 7 (assumption)."],
        ["user_type", "theme", "threshold", "innovators [1/year]", "imitators [1/year]", "budget [1/year]", "size", "source"],
        [[kind, theme, *numbers, "assumption"] for theme in THEMES for kind, numbers in USERS.items()])
    write("regulators.csv", [
        "Authorities that clear products: one row a regulated theme. Every number is an assumption; lengths follow what medicines and",
        "devices, novel food, grid connection and privacy reviews take (general knowledge)."],
        ["theme", "concerned", "time [month]", "cost [kEUR]", "refusal", "variance", "staff [person]", "cases [1/person]", "source"],
        [[theme, *numbers, "assumption"] for theme, numbers in REGULATORS.items()])


if __name__ == "__main__":
    write_facilities()
