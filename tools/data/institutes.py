# SPDX-License-Identifier: Apache-2.0
"""Universities, medical centres, hogescholen and research institutes, one row each, mbo schools by province; and the public bodies."""
from hubs import CITIES
from lists import BODIES, FIG, REGIONS, regional
from raking import rake, scaled
from sources import rows, write

HERD = 5100.0   # MEUR: between 4 900 (2019, CBS) and 5 400 (2021, Rathenau); GERD 18 400 in 2020
GOVERD = 1050.0  # MEUR: between 1 014 (2019) and 1 100 (2021)

# university: region, theme, medical centre (name, share of regional medical research), R&D a PhD relative to the mean, STEM students
UNIVERSITIES = {
    "Erasmus University Rotterdam": ("Zuid-Holland", "health", 0.35, 1000),
    "Leiden University": ("Zuid-Holland", "biotech", 0.70, 6500),
    "Open University": ("Limburg", "ai", 0.60, 2500),
    "Radboud University": ("Gelderland", "health", 0.60, 4500),
    "University of Groningen": ("Groningen", "energy", 0.65, 9000),
    "Tilburg University": ("Noord-Brabant", "ai", 0.80, 1500),
    "TU Delft": ("Zuid-Holland", "hightech", 1.20, 24500),
    "TU Eindhoven": ("Noord-Brabant", "photonics", 1.25, 12500),
    "Maastricht University": ("Limburg", "health", 0.60, 2500),
    "University of Twente": ("Overijssel", "photonics", 1.25, 9000),
    "Utrecht University": ("Utrecht", "biotech", 0.65, 7500),
    "University of Amsterdam": ("Noord-Holland", "ai", 0.65, 9000),
    "VU Amsterdam": ("Noord-Holland", "none", 0.65, 6000),
    "Wageningen University": ("Gelderland", "agrifood", 1.05, 9500),
}
# An institute has one theme, so the quantum institute of TU Delft and TNO is a row of its own: part of TU Delft (about 30 MEUR a year, recalled).
QUTECH, QUTECH_PART = ("university", "QuTech", "Zuid-Holland"), 0.08
# R&D of medical centres relative to each other: assumption (one third of HERD together).
MEDICAL_CENTRES = {"Erasmus MC": ("Zuid-Holland", 1.3), "LUMC": ("Zuid-Holland", 0.95), "Amsterdam UMC": ("Noord-Holland", 1.7),
                   "UMC Utrecht": ("Utrecht", 1.1), "Radboudumc": ("Gelderland", 0.95), "UMCG": ("Groningen", 0.95),
                   "MUMC+": ("Limburg", 0.6)}
# Names: general knowledge (36 publicly funded hogescholen); weight after size (assumption).
HOGESCHOLEN = [
    ("Hogeschool van Amsterdam", "Noord-Holland", 10), ("Inholland", "Noord-Holland", 6), ("Amsterdamse Hogeschool voor de Kunsten", "Noord-Holland", 1),
    ("Gerrit Rietveld Academie", "Noord-Holland", 0.3), ("De Kempel", "Noord-Brabant", 0.3), ("Hogeschool iPabo", "Noord-Holland", 0.3),
    ("Hogeschool Rotterdam", "Zuid-Holland", 8), ("Haagse Hogeschool", "Zuid-Holland", 6), ("Hogeschool Leiden", "Zuid-Holland", 2.5),
    ("Hogeschool der Kunsten Den Haag", "Zuid-Holland", 0.5), ("Codarts", "Zuid-Holland", 0.3), ("Thomas More Hogeschool", "Zuid-Holland", 0.2),
    ("Hotelschool The Hague", "Zuid-Holland", 0.5), ("Hogeschool Utrecht", "Utrecht", 9), ("Hogeschool voor de Kunsten Utrecht", "Utrecht", 1),
    ("Marnix Academie", "Utrecht", 0.3), ("Aeres Hogeschool", "Flevoland", 1), ("Fontys", "Noord-Brabant", 11), ("Avans", "Noord-Brabant", 9),
    ("Breda University of Applied Sciences", "Noord-Brabant", 2), ("HAS Hogeschool", "Noord-Brabant", 1), ("Design Academy Eindhoven", "Noord-Brabant", 0.4),
    ("HAN", "Gelderland", 9), ("Hogeschool Van Hall Larenstein", "Gelderland", 1.5), ("ArtEZ", "Gelderland", 0.8), ("Christelijke Hogeschool Ede", "Gelderland", 0.8),
    ("Iselinge Hogeschool", "Gelderland", 0.2), ("Saxion", "Overijssel", 8), ("Windesheim", "Overijssel", 6), ("KPZ", "Overijssel", 0.2),
    ("Viaa", "Overijssel", 0.2), ("Hanzehogeschool Groningen", "Groningen", 8), ("NHL Stenden", "Friesland", 5), ("Zuyd Hogeschool", "Limburg", 4),
    ("HZ University of Applied Sciences", "Zeeland", 1.5), ("Driestar", "Zuid-Holland", 0.3)]
# Practice-oriented research at mbo schools: about 60 practoraten (Stichting Ieder mbo een practoraat, 2020, recalled), each a practor and
# teachers of two full-time posts (assumption), by jobs in the province. The statistics of R&D do not count it, so it comes on top of HERD.
PRACTORATEN, POSTS_OF_PRACTORAAT, COST_OF_POST = 60, 2.0, 0.07  # number; fte; MEUR a year
# TO2, national knowledge (RKI), NWO and KNAW institutes: own R&D in MEUR of 2020, split assumed (README), theme, basic share.
PUBLIC_RESEARCH = [
    ("TNO", "Zuid-Holland", 330, "hightech", 0.10), ("TNO Eindhoven", "Noord-Brabant", 45, "photonics", 0.10),
    ("TNO Energy Petten", "Noord-Holland", 30, "energy", 0.10), ("Wageningen Research", "Gelderland", 150, "agrifood", 0.15),
    ("Deltares", "Zuid-Holland", 55, "energy", 0.15), ("NLR", "Flevoland", 45, "hightech", 0.10), ("MARIN", "Gelderland", 25, "hightech", 0.10),
    ("RIVM", "Utrecht", 70, "health", 0.25), ("KNMI", "Utrecht", 20, "ai", 0.40), ("Netherlands Forensic Institute", "Zuid-Holland", 10, "biotech", 0.2),
    ("CPB", "Zuid-Holland", 5, "none", 0.3), ("PBL", "Zuid-Holland", 10, "energy", 0.3), ("SCP", "Zuid-Holland", 4, "none", 0.3),
    ("AMOLF", "Noord-Holland", 16, "photonics", 0.9), ("ARCNL", "Noord-Holland", 10, "photonics", 0.7), ("CWI", "Noord-Holland", 19, "quantum", 0.85),
    ("Nikhef", "Noord-Holland", 28, "hightech", 0.95), ("NIOZ", "Noord-Holland", 25, "energy", 0.9), ("NSCR", "Noord-Holland", 4, "none", 0.8),
    ("SRON", "Zuid-Holland", 20, "photonics", 0.8), ("ASTRON", "Drenthe", 22, "hightech", 0.85), ("DIFFER", "Noord-Brabant", 15, "energy", 0.85),
    ("Hubrecht Institute", "Utrecht", 22, "biotech", 0.9), ("Netherlands Institute for Neuroscience", "Noord-Holland", 15, "health", 0.9),
    ("Netherlands Institute of Ecology", "Gelderland", 12, "agrifood", 0.9), ("Westerdijk Institute", "Utrecht", 8, "biotech", 0.9),
    ("International Institute of Social History", "Noord-Holland", 6, "none", 0.9), ("Meertens Institute", "Noord-Holland", 4, "none", 0.9),
    ("Huygens Institute", "Noord-Holland", 4, "none", 0.9), ("NIDI", "Zuid-Holland", 4, "none", 0.9), ("NIOD", "Noord-Holland", 4, "none", 0.9),
    ("DANS", "Zuid-Holland", 5, "ai", 0.5), ("Rathenau Instituut", "Zuid-Holland", 3, "none", 0.5), ("Fryske Akademy", "Friesland", 3, "none", 0.9)]
# By place in the list above: seven TO2 institutes, six national knowledge institutes, then those of NWO and KNAW.
GROUPS = {name: "to2" if i < 7 else "national_knowledge" if i < 13 else "nwo_knaw" for i, (name, *_) in enumerate(PUBLIC_RESEARCH)}
# Base funding, contract research and charities as a share of R&D; the rest (1.1 GEUR) is won from NWO, the EU and in public-private
# projects, which the scenario's instruments pay (assumption after their budgets).
BASE_SHARE = {"university": 0.80, "medical_centre": 0.85, "hogeschool": 0.90, "mbo": 0.90, "institute": 0.83}
SOURCES = {"mbo": "60 practoraten (Stichting Ieder mbo een practoraat 2020, recalled); posts and cost: assumption", "institute": "assumption within GOVERD"}
# Fields of study of those who do research, over all institutes: researchers as in persons.py (recalled); and of students in science and
# technology, bachelors and masters (CBS 85125NED).
RESEARCH_FIELDS = {"ict": 0.06, "engineering": 0.20, "natural_sciences": 0.24, "health": 0.33, "other": 0.17}
STUDENT_FIELDS = {"ict": 36910 + 8600, "engineering": 60560 + 18020, "natural_sciences": 30350 + 15820}
# Weight of each field before the totals are met: general universities, those of technology (the three and Wageningen), medical centres,
# hogescholen and mbo schools, institutes by theme (assumption).
GENERAL = {"ict": 1, "engineering": 0.3, "natural_sciences": 5, "health": 3, "other": 5}
TECHNICAL = {"ict": 2, "engineering": 8, "natural_sciences": 4, "health": 0.5, "other": 0.5}
APPLIED = {"ict": 4, "engineering": 5, "natural_sciences": 0.7, "health": 3, "other": 4}
FIELD_WEIGHTS = {"medical_centre": {"ict": 0.1, "engineering": 0.1, "natural_sciences": 0.5, "health": 10, "other": 0.2},
                 "hogeschool": APPLIED, "mbo": APPLIED}
THEME_WEIGHTS = {"ai": {"ict": 8, "engineering": 1, "natural_sciences": 2, "health": 0.5, "other": 2},
                 "quantum": {"ict": 3, "engineering": 3, "natural_sciences": 8, "health": 0.1, "other": 0.1},
                 "health": {"ict": 0.3, "engineering": 0.3, "natural_sciences": 2, "health": 8, "other": 1},
                 "biotech": {"ict": 0.5, "engineering": 1, "natural_sciences": 6, "health": 5, "other": 0.2},
                 "none": {"ict": 0.5, "engineering": 0.1, "natural_sciences": 0.3, "health": 0.5, "other": 8}}
TECHNICAL_UNIVERSITIES = {"TU Delft", "TU Eindhoven", "University of Twente", "Wageningen University"}
PHDS = 36472  # persons, 2021 (Rathenau)
RESEARCHERS = 42117 + 13472 - 17507  # R&D personnel less employed PhD candidates (48 % of 36 472)
STEM_STUDENTS = 127820 + 42440


def herd_regions():
    known = {"Noord-Brabant": FIG["HERD_region_2014_NB"], "Zuid-Holland": FIG["HERD_region_2014_ZH"],
             "Noord-Holland": FIG["HERD_region_2014_NH"], "Gelderland": FIG["HERD_region_2014_GE"],
             "Utrecht": FIG["HERD_region_2014_UT"]}
    rest = HERD * FIG["HERD_region_2014_other"] / (sum(known.values()) + FIG["HERD_region_2014_other"])
    known = {r: v / 4261 * HERD for r, v in known.items()}
    return known, rest


def make_institutes():
    phds = {r["university"]: float(r["phd_candidates"]) for r in rows("rathenau_phd_candidates_by_university_2025.csv")}
    phds = scaled(phds, PHDS)
    money = {}
    for name, (region, _, cost, _) in UNIVERSITIES.items():
        money["university", name, region] = phds[name] * cost * 0.10
    for name, (region, weight) in MEDICAL_CENTRES.items():
        money["medical_centre", name, region] = 220.0 * weight
    for name, region, weight in HOGESCHOLEN:
        money["hogeschool", name, region] = 2.4 * weight
    known, rest = herd_regions()
    types = {("hogeschool",): 300.0, ("medical_centre",): 1700.0, ("university",): HERD - 2000.0}
    region_of = {k: k[2] if k[2] in known else "other" for k in money}
    cells = {(*k, region_of[k]): v for k, v in money.items()}
    margins = [((0,), types), ((3,), {**{(r,): v for r, v in known.items()}, ("other",): rest})]
    cells, miss = rake(cells, margins)
    print(f"higher education R&D: largest miss {miss:.2e}")
    money = {k[:3]: v for k, v in cells.items()}
    for name, region, amount, *_ in PUBLIC_RESEARCH:
        money["institute", name, region] = amount
    public = scaled({k: v for k, v in money.items() if k[0] == "institute"}, GOVERD)
    money.update(public)
    per_head = {"university": 1.0, "medical_centre": 0.9, "hogeschool": 1.4, "institute": 1.25}  # researchers per euro (assumption)
    researchers = scaled({k: v * per_head[k[0]] for k, v in money.items()}, RESEARCHERS)
    stem = {k: 0.0 for k in money}
    at_university = {k: UNIVERSITIES[k[1]][3] for k in money if k[0] == "university"}
    weights = {(n, r): w for n, r, w in HOGESCHOLEN}
    at_hogeschool = scaled({k: weights[k[1:]] for k in money if k[0] == "hogeschool"}, STEM_STUDENTS - sum(at_university.values()))
    stem.update(at_university)
    stem.update(at_hogeschool)
    candidates = {k: phds.get(k[1], 0.0) for k in money}
    delft = ("university", "TU Delft", "Zuid-Holland")
    for values in (money, researchers, candidates):
        values[QUTECH] = QUTECH_PART * values[delft]
        values[delft] *= 1 - QUTECH_PART
    stem[QUTECH] = 0.0
    return money, researchers, candidates, stem


def mbo_schools():
    """Research posts of the mbo schools of each province, by jobs."""
    posts = scaled(regional()[1], PRACTORATEN * POSTS_OF_PRACTORAAT)
    return {("mbo", f"mbo schools in {region}", region): posts[region] for region in REGIONS}


def field_weights(key, themes):
    kind, name, _ = key
    if kind == "university" and key != QUTECH:
        return TECHNICAL if name in TECHNICAL_UNIVERSITIES else GENERAL
    return FIELD_WEIGHTS.get(kind) or THEME_WEIGHTS.get(themes.get(name, "none"), TECHNICAL)


def fields_of(people, totals, themes):
    """Share of each field in the people of an institute, such that the totals over institutes are those given: {(institute, field): share}"""
    cells = {(key, field): field_weights(key, themes)[field] for key, number in people.items() if number for field in totals}
    margins = [((0,), {(key,): number for key, number in people.items() if number}),
               ((1,), {(field,): value for field, value in scaled(totals, sum(people.values())).items()})]
    cells, miss = rake(cells, margins)
    print(f"fields of institutes: largest miss {miss:.2e}")
    return {(key, field): value / people[key] for (key, field), value in cells.items()}


def write_institutes():
    money, researchers, phds, stem = make_institutes()
    themes = {name: u[1] for name, u in UNIVERSITIES.items()}
    themes.update({name: "health" for name in MEDICAL_CENTRES})
    themes.update({p[0]: p[3] for p in PUBLIC_RESEARCH})
    themes[QUTECH[1]] = "quantum"
    basic = {p[0]: p[4] for p in PUBLIC_RESEARCH}
    # Part of the PhD candidates of a university with a medical centre work there: 30 % of its R&D share (assumption).
    schools = mbo_schools()
    posts = {**researchers, **schools}
    spending = {**money, **{key: number * COST_OF_POST for key, number in schools.items()}}
    research_fields = fields_of({key: posts[key] + phds.get(key, 0) for key in posts}, RESEARCH_FIELDS, themes)
    student_fields = fields_of(stem, STUDENT_FIELDS, themes)
    table = []
    for key, rd in sorted(spending.items(), key=lambda item: (list(BASE_SHARE).index(item[0][0]), -item[1])):
        kind, name, region = key
        month = rd * 1000 / 12
        tto = {"university": 0.006, "medical_centre": 0.004, "hogeschool": 0.002, "mbo": 0.0, "institute": 0.004}[kind] * posts[key]
        table.append([kind, GROUPS.get(name, kind), name, region, themes.get(name, "none"), float(round(posts[key])), float(round(phds.get(key, 0))),
                      float(round(stem.get(key, 0))), float(round(month, 1)), float(round(month * BASE_SHARE[kind], 1)),
                      basic.get(name, {"university": 0.65, "medical_centre": 0.5, "hogeschool": 0.05, "mbo": 0.0}.get(kind, 0.5)), float(round(tto, 1)),
                      float(round(month * BASE_SHARE[kind] * 0.5, 1)),
                      *(float(round(research_fields.get((key, field), 0), 3)) for field in RESEARCH_FIELDS),
                      *(float(round(student_fields.get((key, field), 0), 3)) for field in STUDENT_FIELDS),
                      SOURCES.get(kind, "Rathenau (PhDs); CBS 84644NED, 82352NED raked")])
    write("institutes.csv", [
        "Universities, university medical centres, hogescholen and research institutes in 2020. R&D adds up to 5,100 MEUR (higher education)",
        "and 1,050 MEUR (institutes); base funding is the part not won in projects. PhD candidates of 2025 by university scaled to 36,472.",
        "Practice-oriented research of mbo schools (8 MEUR), by province, comes on top; their students are outside the labour force of persons.csv.",
        "Fields of researchers, PhD candidates and students: weights by sort of institute (assumption) raked to the totals of all fields."],
        ["type", "group", "name", "region", "theme", "researchers [person]", "phds [person]", "students [person]", "rd_spending [kEUR/month]",
         "research_budget [kEUR/month]", "basic_share", "tto_staff [person]", "rd_plan [kEUR/month]",
         *(f"fields.{field}" for field in RESEARCH_FIELDS), *(f"student_fields.{field}" for field in STUDENT_FIELDS), "source"], table)
    return money, researchers, phds, stem


def write_governments(money):
    base = sum(rd * BASE_SHARE[kind] for (kind, _, _), rd in money.items()) + PRACTORATEN * POSTS_OF_PRACTORAAT * COST_OF_POST * BASE_SHARE["mbo"]
    to2 = sum(rd * BASE_SHARE["institute"] for (kind, name, _), rd in money.items() if kind == "institute" and name in
              [p[0] for p in PUBLIC_RESEARCH[:13]])
    others = 0.115 * (HERD + GOVERD)  # charities, firms and others pay a ninth of public research outside projects (assumption)
    budgets = {"national.ocw": base - to2 - others, "national.ezk": to2, "third_parties": others}
    table = []
    for body in BODIES:
        level = "national" if body.startswith("national") else "eu" if body == "eu" else "municipality"
        table.append([level, body, "Zuid-Holland", float(round(budgets.get(body, 0.0) * 1000 / 12, 1)), 0, "derived: base funding of institutes.csv" if body in budgets else "general knowledge"])
    for region in REGIONS:
        table.append(["province", f"provincial.{region.lower().replace('-', '_')}", region, 0, 0, "general knowledge"])
    for region, towns in CITIES.items():
        for town, _ in towns:
            table.append(["municipality", f"municipal.{town}", region, 0, 0, "general knowledge"])
    write("governments.csv", ["Public bodies; base funding of institutes by the ministry that pays it (OCW; EZK and others for TO2 and RKI)."],
          ["type", "body", "region", "research_budget [kEUR/month]", "cash [EUR]", "source"], table)
