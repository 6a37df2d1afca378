# SPDX-License-Identifier: Apache-2.0
"""The lists of sectors, regions, themes, bodies and fields, with what is known about each in 2020."""
from sources import figures, rows, write
from raking import scaled

# label: SBI 2008 sections, name, Dutch name
SECTORS = {
    "agriculture": ("A", "Agriculture", "Landbouw"),
    "manufacturing": ("C", "Manufacturing", "Industrie"),
    "utilities": ("B+D+E", "Mining, energy, water and waste", "Delfstoffen, energie, water en afval"),
    "construction": ("F", "Construction", "Bouw"),
    "trade": ("G", "Trade", "Handel"),
    "transport": ("H", "Transport and storage", "Vervoer en opslag"),
    "hospitality": ("I", "Hospitality", "Horeca"),
    "ict": ("J", "Information and communication", "Informatie en communicatie"),
    "finance": ("K", "Finance", "Financiële dienstverlening"),
    "real_estate": ("L", "Real estate", "Onroerend goed"),
    "professional_services": ("M", "Professional services", "Specialistische zakelijke diensten"),
    "support_services": ("N", "Support services", "Overige zakelijke diensten"),
    "public_care": ("O-Q", "Public services, education and care", "Overheid, onderwijs en zorg"),
    "other_services": ("R-U", "Culture and other services", "Cultuur en overige diensten"),
}
# Demand also grows with productivity, by the market's price elasticity (0.3); growth of productivity of 0.8 % a year would so be
# counted twice in growth recalled from the accounts.
PRODUCTIVITY_PART = 0.3 * 0.8
# Recalled from national accounts around 2020, rounded; only shares matter, totals are benchmarked (README).
#             VA share %, fte in firms of 2+ (1000), VA/sales, labour share, export share, real growth %/yr
RECALLED = {
    "agriculture": (1.8, 120, 0.33, 0.45, 0.45, 0.6),
    "manufacturing": (11.6, 720, 0.25, 0.58, 0.55, 1.3),
    "utilities": (3.0, 72, 0.30, 0.30, 0.20, 0.4),
    "construction": (5.2, 330, 0.33, 0.66, 0.05, 0.9),
    "trade": (13.6, 1060, 0.16, 0.60, 0.30, 1.5),
    "transport": (4.2, 350, 0.40, 0.66, 0.35, 1.2),
    "hospitality": (1.6, 250, 0.45, 0.75, 0.05, 0.9),
    "ict": (5.3, 270, 0.45, 0.62, 0.25, 3.2),
    "finance": (6.9, 190, 0.50, 0.48, 0.15, 0.8),
    "real_estate": (2.0, 55, 0.50, 0.30, 0.01, 1.0),
    "professional_services": (8.9, 520, 0.48, 0.72, 0.20, 2.2),
    "support_services": (6.2, 690, 0.55, 0.80, 0.12, 1.6),
    "public_care": (23.3, 1900, 0.66, 0.85, 0.01, 1.3),
    "other_services": (2.2, 150, 0.50, 0.70, 0.05, 1.0),
}
# Energy used by value added, MJ/EUR: final use of 2020 in PJ, recalled from the energy balance of CBS and rounded (industry 560, energy
# sector itself 150, agriculture 130, transport by firms 170, construction 25, services 220), by the value added above.
ENERGY_INTENSITY = {"agriculture": 11.0, "manufacturing": 7.6, "utilities": 8.0, "construction": 0.8, "transport": 6.4}
SERVICES_ENERGY = 0.5
# EPO applications per MEUR of R&D relative to manufacturing: assumption after the technology mix of each sector.
PATENT_PROPENSITY = {"manufacturing": 1.0, "professional_services": 0.65, "ict": 0.3, "agriculture": 0.3, "utilities": 0.3,
                     "public_care": 0.4, "construction": 0.25, "trade": 0.3}
# Five-year survival by sector (CBS, 2015 cohort); others at the mean of 65 %.
SURVIVAL = {"construction": "firm_survival_5y_construction", "professional_services": "firm_survival_5y_professional_services",
            "hospitality": "firm_survival_5y_hospitality", "transport": "firm_survival_5y_transport",
            "trade": "firm_survival_5y_trade"}
# Shares of the theme labels among R&D performers of a sector: assumption; `none` takes the rest.
THEMES = {
    "none": ("No technology theme", "Geen technologiethema"), "photonics": ("Photonics", "Fotonica"),
    "quantum": ("Quantum technology", "Quantumtechnologie"), "biotech": ("Biotechnology", "Biotechnologie"),
    "ai": ("Artificial intelligence", "Kunstmatige intelligentie"), "energy": ("Energy", "Energie"),
    "agrifood": ("Agrifood", "Agrifood"), "health": ("Health", "Gezondheid"),
    "hightech": ("High-tech systems", "Hightechsystemen"),
}
THEME_SHARES = {
    "manufacturing": {"hightech": 0.42, "photonics": 0.05, "biotech": 0.05, "energy": 0.10, "agrifood": 0.12, "health": 0.08},
    "ict": {"ai": 0.25, "hightech": 0.10, "health": 0.06, "quantum": 0.005, "photonics": 0.005},
    "professional_services": {"hightech": 0.15, "biotech": 0.15, "health": 0.12, "ai": 0.08, "energy": 0.08, "photonics": 0.03,
                              "quantum": 0.01, "agrifood": 0.06},
    "agriculture": {"agrifood": 0.90}, "utilities": {"energy": 0.90}, "construction": {"energy": 0.30},
    "trade": {"hightech": 0.10, "agrifood": 0.15, "health": 0.10}, "finance": {"ai": 0.30},
    "public_care": {"health": 0.60}, "transport": {"ai": 0.10, "energy": 0.10}, "support_services": {"ai": 0.10},
}
# How much more often than elsewhere a theme is found in a region: assumption after the clusters that the strategy names.
THEME_REGIONS = {
    "photonics": {"Noord-Brabant": 5, "Overijssel": 4, "Gelderland": 2, "Zuid-Holland": 1.5},
    "quantum": {"Zuid-Holland": 6, "Noord-Holland": 2, "Noord-Brabant": 2},
    "biotech": {"Zuid-Holland": 2, "Utrecht": 2, "Groningen": 1.5, "Noord-Holland": 1.3},
    "hightech": {"Noord-Brabant": 2.5, "Overijssel": 1.5}, "ai": {"Noord-Holland": 1.8, "Utrecht": 1.2},
    "energy": {"Groningen": 2, "Zuid-Holland": 1.3}, "agrifood": {"Gelderland": 2, "Friesland": 1.7, "Flevoland": 1.7},
    "health": {"Utrecht": 1.4, "Noord-Brabant": 1.2, "Limburg": 1.3},
}
# name in the source, centre of economic activity on the national grid (RD, km) and in degrees
REGIONS = {
    "Groningen": (234, 582, 53.22, 6.57), "Friesland": (182, 579, 53.20, 5.80), "Drenthe": (234, 556, 52.99, 6.56),
    "Overijssel": (236, 482, 52.32, 6.60), "Flevoland": (146, 488, 52.38, 5.25), "Gelderland": (189, 443, 51.98, 5.88),
    "Utrecht": (138, 455, 52.09, 5.13), "Noord-Holland": (119, 490, 52.40, 4.87), "Zuid-Holland": (87, 444, 51.98, 4.42),
    "Zeeland": (36, 393, 51.51, 3.66), "Noord-Brabant": (150, 390, 51.50, 5.32), "Limburg": (188, 340, 51.05, 5.87),
}
# Location quotients of sectors by region (1 elsewhere): assumption after the known specialisation of the provinces.
SPECIALISATION = {
    "agriculture": {"Friesland": 2, "Zeeland": 2, "Flevoland": 2, "Drenthe": 1.8, "Overijssel": 1.3, "Gelderland": 1.3,
                    "Noord-Holland": 0.6, "Utrecht": 0.5},
    "manufacturing": {"Noord-Brabant": 1.5, "Overijssel": 1.4, "Limburg": 1.4, "Gelderland": 1.15, "Zeeland": 1.2,
                      "Noord-Holland": 0.7, "Utrecht": 0.6, "Zuid-Holland": 0.8},
    "ict": {"Noord-Holland": 1.6, "Utrecht": 1.6, "Zeeland": 0.5, "Drenthe": 0.6, "Friesland": 0.6, "Limburg": 0.7},
    "finance": {"Noord-Holland": 1.7, "Utrecht": 1.6},
    "professional_services": {"Noord-Holland": 1.4, "Utrecht": 1.3, "Zuid-Holland": 1.1},
    "transport": {"Zuid-Holland": 1.2, "Noord-Holland": 1.3}, "hospitality": {"Noord-Holland": 1.3, "Zeeland": 1.5},
    "utilities": {"Groningen": 2, "Zeeland": 1.5},
}
BODIES = {
    "national.ezk": ("Ministry of Economic Affairs and Climate Policy", "Ministerie van EZK"),
    "national.ocw": ("Ministry of Education, Culture and Science", "Ministerie van OCW"),
    "national.finance": ("Ministry of Finance", "Ministerie van Financiën"),
    "national.growth_fund": ("National Growth Fund", "Nationaal Groeifonds"),
    "national.rvo": ("Netherlands Enterprise Agency", "Rijksdienst voor Ondernemend Nederland"),
    "national.nwo": ("Dutch Research Council", "NWO"),
    "municipalities": ("Municipalities together", "Gemeenten samen"),
    "eu": ("European Union", "Europese Unie"),
    "third_parties": ("Charities and contract research together", "Fondsen en contractonderzoek samen"),
}
FIELDS = {"ict": ("Informatics", "Informatica"), "engineering": ("Engineering", "Techniek"),
          "natural_sciences": ("Natural sciences and mathematics", "Natuurwetenschappen en wiskunde"),
          "health": ("Health and life sciences", "Gezondheid en levenswetenschappen"), "other": ("Other fields", "Overige")}

FIG = figures()
GDP_2020 = FIG["GERD_2020"] / 0.0229  # MEUR: 18 400 is 2.29 % of GDP (CBS)
# Gross value added of firms of two or more persons: GDP less taxes on products (as in 2022), less self-employed without staff
# (1.1 M fte at 40 kEUR, assumption) and imputed rents of dwellings (6 % of GVA, recalled).
GVA_2020 = GDP_2020 * 859803 / 958549
FIRMS_GVA = GVA_2020 * 0.94 - 44000  # MEUR
BERD = FIG["GERD_2020"] - 5100 - 1050  # MEUR: GERD 18 400 less higher education and institutes (README)


def region_key(name):
    return "Friesland" if name.startswith("Frysl") else name


def regional():
    """GDP [MEUR, scaled to 2020], jobs [1000 persons] and fte [1000] by region."""
    found = {region_key(r["name"]): r for r in rows("cbs_84432ned_provinces_2022.csv") if r["nuts2"] != "NL"}
    gdp = {name: float(r["gdp_meur"]) for name, r in found.items()}
    gdp["Limburg"] = FIG["GDP_LI"]
    both = {"workers_thousand": 10156.9, "fte_thousand": 8144.2}
    result = {}
    for column, national in both.items():
        values = {name: float(r[column]) for name, r in found.items() if r[column]}
        rest = national - sum(values.values())
        south = {name: gdp[name] for name in ("Noord-Brabant", "Limburg")}
        values.update(scaled(south, rest))
        result[column] = values
    return scaled(gdp, GDP_2020), result["workers_thousand"], result["fte_thousand"]


# Homes passed by fibre, % of some 8 million, at the start of a year: Telecompaper (end of 2012, 2018, 2019), ACM Telecommonitor
# (2021: 3.9 million after a quarter of 0.2; mid-2021 4.1 million and 0.22 a quarter; November 2022 5.0 million).
FIBRE = {2013: 0.18, 2019: 0.37, 2020: 0.40, 2021: 0.46, 2022: 0.57, 2023: 0.63}
# By province in October 2020 (Telecompaper, 3 November 2020; "nearly every home" in Flevoland); the others share what is left.
FIBRE_2020 = {"Groningen": 0.18, "Overijssel": 0.80, "Flevoland": 0.95, "Noord-Holland": 0.30, "Zuid-Holland": 0.30, "Utrecht": 0.50}
# Populated areas with 5G and 4G, the same in all provinces (DESI 2021 to 2023, recalled; no 5G before mid-2020).
MOBILE_5G = {2020: 0.0, 2021: 0.80, 2022: 0.97, 2023: 1.0}
MOBILE_4G = {2015: 0.98, 2020: 1.0}


def fibre_by_region(homes):
    """{year: {region: share}}. The log-odds of all provinces move together so that the country has its figure."""
    import math
    total = sum(homes.values())
    known = sum(homes[r] * p for r, p in FIBRE_2020.items())
    left = sum(n for r, n in homes.items() if r not in FIBRE_2020)
    others = (0.44 * total - known) / left
    odds = {r: math.log(p / (1 - p)) for r in homes for p in [FIBRE_2020.get(r, others)]}
    table = {}
    for year, share in FIBRE.items():
        low, high = -20.0, 20.0
        for _ in range(100):
            shift = (low + high) / 2
            mean = sum(homes[r] / (1 + math.exp(-o - shift)) for r, o in odds.items()) / total
            low, high = (shift, high) if mean < share else (low, shift)
        table[year] = {r: round(1 / (1 + math.exp(-o - shift)), 3) for r, o in odds.items()}
    return table


def write_lists(business_rd, firms_by_sector, rd_by_sector):
    """sectors, regions, themes, bodies, fields. business_rd: MEUR by region; firms and R&D by sector."""
    va = scaled({s: RECALLED[s][0] for s in SECTORS}, FIRMS_GVA)
    import math
    mean = -math.log(FIG["firm_survival_5y"])
    hazard = {s: -math.log(FIG[SURVIVAL[s]]) / mean if s in SURVIVAL else 1.0 for s in SECTORS}
    births = scaled({s: firms_by_sector[s] * hazard[s] for s in SECTORS}, FIG["new_employers_per_year"])
    weight = {s: PATENT_PROPENSITY.get(s, 0.15) for s in SECTORS}
    per_meur = FIG["epo_applications_2020"] / sum(weight[s] * rd_by_sector[s] for s in SECTORS)
    write("sectors.csv", [
        "Sectors (sections of SBI 2008). Value added, staff, ratios and growth are recalled shares of the national accounts,",
        "benchmarked to totals of 2020; growth less what productivity adds by the price elasticity (0.24 % a year); births: 26,000 new employers a year (CBS) by firms and hazard of the sector;",
        "patent propensity: 6,375 EPO applications of 2020 over R&D, relative weights assumed. See README.md."],
        ["sector", "name", "name_nl", "sbi", "demand_growth [1/year]", "value_added_share", "labour_share", "exports_share",
         "births [1/year]", "relative_hazard", "patent_propensity [1/MEUR]", "energy_intensity [MJ/EUR]", "value_added [MEUR/year]", "fte [person]", "source"],
        [[s, name, nl, sbi, round(RECALLED[s][5] - PRODUCTIVITY_PART, 3) / 100, RECALLED[s][2], RECALLED[s][3], RECALLED[s][4], births[s], hazard[s],
          weight[s] * per_meur, ENERGY_INTENSITY.get(s, SERVICES_ENERGY), va[s], RECALLED[s][1] * 1000.0, "derived and recalled"] for s, (sbi, name, nl) in SECTORS.items()])
    gdp, jobs, fte = regional()
    fibre = fibre_by_region(jobs)
    coverage = {f"fibre_{y}": values for y, values in fibre.items()}
    for name, series in (("mobile_4g", MOBILE_4G), ("mobile_5g", MOBILE_5G)):
        coverage |= {f"{name}_{y}": dict.fromkeys(jobs, v) for y, v in series.items()}
    write("regions.csv", [
        "Provinces: centre of economic activity (RD grid, km, approximate), GDP (2022 shares, CBS 84432NED, scaled to 2020),",
        "jobs and fte (2022), R&D of firms in 2020 (raked, README.md). Coverage by fibre, 4G and 5G at the start of a year: README.md."],
        ["region", "name", "nuts2", "x [km]", "y [km]", "lat", "lon", "gdp [MEUR/year]", "jobs [person]", "fte [person]",
         "business_rd [MEUR/year]", *coverage, "source"],
        [[r, "Fryslân" if r == "Friesland" else r, code, *map(float, REGIONS[r]), gdp[r], jobs[r] * 1000, fte[r] * 1000,
          business_rd[r], *(values[r] for values in coverage.values()), "CBS 84432NED; 82352NED; Telecompaper 2020; ACM"] for r, code in zip(REGIONS, (
              "NL11", "NL12", "NL13", "NL21", "NL23", "NL22", "NL31", "NL32", "NL33", "NL34", "NL41", "NL42"))])
    write("themes.csv", ["Technology themes of firms, institutes and funds: the key technologies that the strategy and the Growth Fund name."],
          ["theme", "name", "name_nl", "source"], [[t, en, nl, "strategy"] for t, (en, nl) in THEMES.items()])
    provinces = {f"provincial.{r.lower().replace('-', '_')}": (f"Province of {r}", f"Provincie {r}") for r in REGIONS}
    from hubs import CITIES  # here, since hubs.py reads this file
    towns = {f"municipal.{t}": (f"Municipality of {n}", f"Gemeente {n}") for r in REGIONS for t, n in CITIES[r]}
    write("bodies.csv", ["Public bodies that pay."], ["body", "name", "name_nl", "source"],
          [[b, en, nl, "general knowledge"] for b, (en, nl) in {**BODIES, **provinces, **towns}.items()])
