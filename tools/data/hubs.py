# SPDX-License-Identifier: Apache-2.0
"""Incubators, campuses and cluster organisations, and the ecosystems that are measured.

No list with capacities is at hand: 36 campuses that grow or are mature (of 86 initiatives, BCI Global 2018, recalled) and some 40
incubators are spread over provinces by startups and R&D, with a cluster organisation for each theme in the country (the top
consortia, TKI) and one for each province. Places, costs and staff are assumptions. Municipalities stand behind incubators and
campuses, provinces and the ministry behind cluster organisations.
"""
from facilities import THEMES, spread
from lists import REGIONS, THEME_REGIONS
from sources import write

CAMPUSES = {"Noord-Brabant": 7, "Zuid-Holland": 7, "Gelderland": 5, "Noord-Holland": 4, "Utrecht": 2, "Overijssel": 3, "Limburg": 4,
            "Groningen": 2, "Friesland": 1, "Flevoland": 1}
CAMPUS_THEMES = {"hightech": 10, "health": 8, "agrifood": 5, "energy": 4, "ai": 3, "biotech": 3, "photonics": 2, "quantum": 1}
INCUBATORS = {"Noord-Holland": 9, "Zuid-Holland": 8, "Noord-Brabant": 6, "Utrecht": 4, "Gelderland": 4, "Overijssel": 3, "Groningen": 2,
              "Limburg": 2, "Friesland": 1, "Flevoland": 1}
INCUBATOR_THEMES = {"none": 24, "health": 5, "ai": 4, "hightech": 3, "energy": 2, "biotech": 1, "agrifood": 1}
# The municipalities of campuses and incubators: body, name, Dutch name.
CITIES = {
    "Groningen": [("groningen", "Groningen")], "Friesland": [("leeuwarden", "Leeuwarden")], "Drenthe": [("emmen", "Emmen")],
    "Overijssel": [("enschede", "Enschede")], "Flevoland": [("almere", "Almere")],
    "Gelderland": [("nijmegen", "Nijmegen"), ("wageningen", "Wageningen")], "Utrecht": [("utrecht", "Utrecht")],
    "Noord-Holland": [("amsterdam", "Amsterdam")], "Zuid-Holland": [("delft", "Delft"), ("leiden", "Leiden"), ("rotterdam", "Rotterdam")],
    "Zeeland": [("middelburg", "Middelburg")], "Noord-Brabant": [("eindhoven", "Eindhoven"), ("tilburg", "Tilburg")],
    "Limburg": [("maastricht", "Maastricht")]}


def municipality(region, i):
    """The body of the i-th hub of a province."""
    towns = CITIES[region]
    return f"municipal.{towns[i % len(towns)][0]}"


def province(region):
    return f"provincial.{region.lower().replace('-', '_')}"


def write_hubs():
    table = []

    def row(kind, name, region, theme, body, national, places, mentors, brokers, events, seats, opex, public, host):
        table.append([kind, name, region, theme, body, national, places, mentors, brokers, events, seats, opex, public, host, 3 * opex * (1 - host),
                      "assumption"])

    for i, (region, theme) in enumerate(zip(spread(40, INCUBATORS, 13), spread(40, INCUBATOR_THEMES, 17))):
        row("incubator", f"incubator {i + 1}", region, theme, municipality(region, i), 0, 20 + 10 * (i % 3), 4 + 2 * (i % 3), 0, 1, 30, 70, 0.4, 0.3)
    for i, (region, theme) in enumerate(zip(spread(36, CAMPUSES, 13), spread(36, CAMPUS_THEMES, 17))):
        row("campus", f"campus {i + 1}", region, theme, municipality(region, i), 0, 0, 0, 1, 2, 60, 120, 0.4, 0.6)
    for theme in THEMES:
        row("cluster_organisation", f"consortium {theme}", max(THEME_REGIONS[theme], key=THEME_REGIONS[theme].get), theme, "national.ezk", 1, 0, 0, 6, 1,
            80, 120, 0.7, 0.3)
    for region in REGIONS:
        row("cluster_organisation", f"cluster organisation {region}", region, "none", province(region), 0, 0, 0, 3, 1, 50, 60, 0.8, 0.2)
    write("hubs.csv", [
        "Incubators, campuses and cluster organisations. Built from margins (tools/data/hubs.py): 36 campuses that grow or are mature of 86",
        "initiatives (BCI Global 2018, recalled), 40 incubators; places, costs, staff and events are assumptions."],
        ["hub_type", "name", "region", "theme", "body", "national", "places", "mentors [person]", "brokers [person]", "events [1/month]",
         "seats", "opex [kEUR/month]", "public_share", "host_share", "cash [kEUR]", "source"], table)
    places = [[theme, region, 0, "strategy"] for theme in THEMES
              for region, quotient in THEME_REGIONS[theme].items() if quotient >= 1.2]
    country = [[theme, "Utrecht", 1, "strategy"] for theme in THEMES]
    write("ecosystems.csv", [
        "Ecosystems that are measured: each theme in the provinces where firms of the theme are found more often than elsewhere (lists.py),",
        "and in the whole country (then the province means nothing)."],
        ["theme", "region", "national", "source"], places + country)


if __name__ == "__main__":
    write_hubs()
