# SPDX-License-Identifier: Apache-2.0
"""The founding cells of firms: type x sector x size x region x R&D x theme, raked to the totals of 2020."""
import math
import random
from collections import defaultdict

from lists import (BERD, FIG, FIRMS_GVA, RECALLED, REGIONS, SECTORS, SPECIALISATION, THEME_REGIONS, THEME_SHARES, regional)
from raking import margin, rake, round_keeping_total, scaled, split
from sources import rows, write

SIZES = ("micro", "small", "medium", "large")
SBI_OF = {"A": "agriculture", "B": "utilities", "C": "manufacturing", "D": "utilities", "E": "utilities", "F": "construction",
          "G": "trade", "H": "transport", "I": "hospitality", "J": "ict", "K": "finance", "L": "real_estate",
          "M": "professional_services", "N": "support_services", "O-Q": "public_care"}
# Groups of sectors for which the size classes of 2020 are known (81589NED); the rest is a residual.
GROUP = {"agriculture": "A", "manufacturing": "B-E", "utilities": "B-E", "finance": "rest", "public_care": "rest",
         "other_services": "rest"}
CLASSES = {"micro": ("s2", "s3_4", "s5_9"), "small": ("s10_19", "s20_49"), "50+": ("s50_99", "s100plus")}

# Startups by sector, and how many of them perform R&D: assumption (10,000 startups: Techleap 2020).
STARTUPS = {"ict": (4200, 1400), "professional_services": (2300, 1400), "manufacturing": (1200, 800), "trade": (900, 350),
            "public_care": (500, 250), "finance": (400, 150), "agriculture": (200, 100), "utilities": (150, 50),
            "other_services": (150, 0)}
# Startups by region in %: assumption after the ecosystems that the strategy and Techleap name.
STARTUP_REGIONS = {"Noord-Holland": 35, "Zuid-Holland": 18, "Noord-Brabant": 12, "Utrecht": 11, "Gelderland": 7, "Overijssel": 5,
                   "Groningen": 4, "Limburg": 3.5, "Friesland": 1.5, "Flevoland": 1.3, "Drenthe": 0.9, "Zeeland": 0.8}
STARTUP_SMALL = 0.2  # share with 10 or more persons
SCALE_UP_SIZES = {"small": 0.75, "medium": 0.22, "large": 0.03}  # assumption
SCALE_UP_SECTORS = {"ict": 3.0, "professional_services": 1.8, "support_services": 1.4, "trade": 1.0, "transport": 1.0,
                    "manufacturing": 0.8, "construction": 1.0, "public_care": 0.5, "agriculture": 0.3}
# R&D performers by size: relative rates before raking (assumption).
RD_RATE = {"micro": 0.02, "small": 0.10, "medium": 0.25, "large": 0.30}
# The ten largest performers hold 30 % of business R&D (TNO and others: 25 % in 2016, 35 % in 2023; ruling between them);
# the first is ASML (1,540 MEUR, Brainport Monitor), the others follow rank^-1. Sector, region, theme: assumption.
TOP_TEN = [("manufacturing", "Noord-Brabant", "hightech"), ("manufacturing", "Noord-Brabant", "health"),
           ("manufacturing", "Zuid-Holland", "health"), ("manufacturing", "Noord-Brabant", "hightech"),
           ("manufacturing", "Noord-Brabant", "hightech"), ("ict", "Noord-Holland", "ai"),
           ("manufacturing", "Zuid-Holland", "energy"), ("professional_services", "Gelderland", "agrifood"),
           ("manufacturing", "Limburg", "biotech"), ("manufacturing", "Gelderland", "hightech")]
# Names of which the rank is known: ASML (Brainport Monitor), Philips (the yearly top list of TW, recalled; its amount is that of rank 2).
TOP_NAMES = {1: "ASML", 2: "Philips"}
STAFF = {"micro": 2.5, "small": 16.0, "medium": 80.0}  # fte a firm: persons of the class (CBS) x 0.8 fte a person (assumption)
VA_PER_FTE = {"micro": FIG["labprod_size_1_9"], "small": FIG["labprod_size_10_49"], "medium": FIG["labprod_size_50_249"],
              "large": FIG["labprod_size_250plus"]}
COST_PER_RD_FTE = {"micro": 68.6, "small": 68.6, "medium": 110.0, "large": 118.0}  # kEUR a year: CBS 84985NED, two classes
LARGE_FROM, LARGE_TO = 200.0, 60000.0  # fte: 250 persons, and the staff of the largest employers here (recalled)
AT_FULL_SCALE_FROM = 3200.0  # fte; larger firms stay at 1:1, so that a sample holds neither none of them nor too many
HOURS_A_MONTH = 14292e6 / 8144.2e3 / 12  # of one fte (CBS 84432NED)


def counts_by_sector_and_size():
    """Firms of two or more persons in 2020 by (sector, size)."""
    seeds = defaultdict(float)
    table = {r["sbi"]: r for r in rows("cbs_81588ned_firms_sector_size_2024q2.csv")}

    def classes(r):
        total, one, lt50, lt250 = (float(r[c]) for c in ("total", "size_1", "size_lt50", "size_lt250"))
        few = lt50 - one
        return {"micro": few * 0.866, "small": few * 0.134, "medium": lt250 - lt50, "large": total - lt250}

    rest = classes(table["A-U"])
    for sbi, sector in SBI_OF.items():
        if sbi == "B":
            continue
        for size, n in classes(table[sbi]).items():
            seeds[sector, size] += n
            rest[size] -= n
    mining = {"micro": 60.0, "small": 30.0, "medium": 12.0, "large": 5.0}  # assumption: StatLine page shows no B
    for size in SIZES:
        seeds["utilities", size] += mining[size]
        seeds["other_services", size] += max(rest[size] - mining[size], 1.0)

    known = {r["population"]: {c: sum(float(r[k]) for k in keys) for c, keys in CLASSES.items()}
             for r in rows("cbs_81589ned_firms_size_2020q3.csv")}
    everyone, business = known["all activities A-U"], known["business economy B-N excl K incl 95"]
    farms, industry = known["agriculture A"], known["industry and energy B-E"]
    wanted = {}
    for c in CLASSES:
        wanted["A", c], wanted["B-E", c] = farms[c], industry[c]
        wanted["services", c] = business[c] - industry[c]
        wanted["rest", c] = everyone[c] - farms[c] - business[c]
    big = FIG["firms_size_250plus"] / (FIG["firms_size_250plus"] + FIG["firms_size_50_249"]) * everyone["50+"]
    coarse = {"micro": "micro", "small": "small", "medium": "50+", "large": "50+"}
    cells = {(s, z, GROUP.get(s, "services"), coarse[z]): n for (s, z), n in seeds.items()}
    cells, miss = rake(cells, [((2, 3), wanted), ((1,), {("medium",): everyone["50+"] - big, ("large",): big})])
    print(f"firms by sector and size: largest miss of a margin {miss:.2e}")
    return {(s, z): n for (s, z, _, _), n in cells.items()}, {**{z: everyone[z] for z in ("micro", "small")},
                                                            "medium": everyone["50+"] - big, "large": big}


def rd_margins():
    """R&D [MEUR] and performers by sector, by size, and R&D by region, 2020."""
    table = rows("cbs_84985ned_berd_sector_2019_2021.csv")
    money, firms = {}, {}
    for year in ("2019", "2021"):
        found = {r["sbi"]: r for r in table if r["year"] == year and r["size"] == "all"}
        rd, n = defaultdict(float), defaultdict(float)
        for sbi, r in found.items():
            if sbi in SBI_OF:
                rd[SBI_OF[sbi]] += float(r["rnd_meur"])
                n[SBI_OF[sbi]] += float(r["firms"])
        money[year], firms[year] = rd, n
    ratio = FIG["BERD_2021_total"] / 11846
    for s in ("utilities", "hospitality", "real_estate"):  # not shown for 2019: as in 2021
        money["2019"][s] = money["2021"][s] / ratio
        firms["2019"][s] = firms["2021"][s]
    rd, performers = {}, {}
    for s in SECTORS:
        rd[s] = (money["2019"][s] + money["2021"][s]) / 2
        performers[s] = (firms["2019"][s] + firms["2021"][s]) / 2
    rest_rd = (11846 + 13048) / 2 - sum(rd.values())
    rest_n = (19550 + 19385) / 2 - sum(performers.values())
    for s, share in (("public_care", 0.75), ("other_services", 0.25)):  # O-U together: split assumed
        rd[s] += rest_rd * share
        performers[s] += rest_n * share
    rd = scaled(rd, BERD)
    few = (1654 + 1851) / 2 / ((11846 + 13048) / 2) * BERD
    old = {r["size"]: r for r in table if r["year"] == "2012"}
    part = float(old["1-9"]["rnd_meur"]) + float(old["0"]["rnd_meur"])
    small = float(old["10-49"]["rnd_meur"])
    medium = float(old["50-249"]["rnd_meur"])
    large = float(old["all"]["rnd_meur"]) - part - small - medium
    rd_size = {"micro": few * part / (part + small), "small": few * small / (part + small),
               "medium": (BERD - few) * medium / (medium + large), "large": (BERD - few) * large / (medium + large)}
    n_few, n_all = (15750 + 15680) / 2, sum(performers.values())
    n_micro = float(old["1-9"]["firms"]) + float(old["0"]["firms"])
    n_small, n_medium = float(old["10-49"]["firms"]), float(old["50-249"]["firms"])
    n_large = float(old["all"]["firms"]) - float(old["1-9"]["firms"]) - float(old["0"]["firms"]) - n_small - n_medium
    n_size = {"micro": n_few * n_micro / (n_micro + n_small), "small": n_few * n_small / (n_micro + n_small),
              "medium": (n_all - n_few) * n_medium / (n_medium + n_large), "large": (n_all - n_few) * n_large / (n_medium + n_large)}
    return rd, performers, rd_size, n_size, business_rd_by_region()


def business_rd_by_region():
    """MEUR. R&D of 2014 less higher education (and institutes), with Noord-Brabant at 3 900 of 11 846 (2019)."""
    gerd = {("Friesland" if r["name"] == "Friesland" else r["name"]): float(r["gerd_meur"])
            for r in rows("cbs_82352ned_rnd_province_2014_2016.csv") if r["year"] == "2014"}
    higher = {"Noord-Brabant": FIG["HERD_region_2014_NB"], "Zuid-Holland": FIG["HERD_region_2014_ZH"],
              "Noord-Holland": FIG["HERD_region_2014_NH"], "Gelderland": FIG["HERD_region_2014_GE"],
              "Utrecht": FIG["HERD_region_2014_UT"],
              # the other seven share 819 MEUR: by PhD candidates, a little for hogescholen (assumption)
              "Groningen": 365, "Overijssel": 190, "Limburg": 215, "Friesland": 18, "Drenthe": 3, "Flevoland": 18, "Zeeland": 10}
    from institutes import PUBLIC_RESEARCH
    public = defaultdict(float)
    for _, region, money, *_ in PUBLIC_RESEARCH:
        public[region] += money
    private = {r: max(gerd[r] - higher[r] - public[r] * 0.95, 0.3 * gerd[r]) for r in REGIONS}
    brabant = FIG["RnD_region_NoordBrabant_business"] / 11846 * BERD
    others = scaled({r: v for r, v in private.items() if r != "Noord-Brabant"}, BERD - brabant)
    return {r: brabant if r == "Noord-Brabant" else others[r] for r in REGIONS}


def by_region(cells, shares, totals):
    """Spreads {(sector, size): n} over regions by shares and specialisation, holding totals by region."""
    seeds = {(s, z, r): max(n, 1e-9) * shares[r] * SPECIALISATION.get(s, {}).get(r, 1.0)
             for (s, z), n in cells.items() for r in REGIONS}
    margins = [((0, 1), {k: v for k, v in cells.items()})]
    if totals:
        margins.append(((2,), {(r,): v for r, v in totals.items()}))
    result, miss = rake(seeds, margins)
    print(f"by region: largest miss {miss:.2e}")
    return result


def theme_split(sector, region, n, force=False):
    """Splits n performers of a sector in a region over themes."""
    shares = {t: s * THEME_REGIONS.get(t, {}).get(region, 1.0 if t not in THEME_REGIONS else 0.6)
              for t, s in THEME_SHARES.get(sector, {}).items()}
    whole = sum(shares.values())
    if whole > 0.95:
        shares = scaled(shares, 0.95)
        whole = 0.95
    shares["none"] = 1 - whole if not force else 0.1
    return {t: k for t, k in split(n, shares).items() if k}


def make_cells():
    """{(type, sector, size, region, performer, theme): firms} and the margins used."""
    counts, size_totals = counts_by_sector_and_size()
    rd, performers, rd_size, n_size, rd_region = rd_margins()
    _, jobs, _ = regional()
    share = scaled(jobs, 1.0)
    firms = by_region(counts, share, scaled(jobs, sum(counts.values())))
    firms = round_keeping_total(firms)

    intensity = scaled(rd_region, 1.0)
    seeds = {(s, z, r): firms[s, z, r] * RD_RATE[z] * (intensity[r] / share[r]) ** 0.5 for s, z, r in firms if firms[s, z, r]}
    for _ in range(5):  # a cell cannot have more performers than 85 % of its firms
        fitted, miss = rake(seeds, [((0,), {(s,): n for s, n in performers.items()}), ((1,), {(z,): n for z, n in n_size.items()})])
        seeds = {k: min(v, 0.85 * firms[k]) for k, v in fitted.items()}
    doing = {}
    for sector, n in performers.items():
        doing.update(round_keeping_total({k: v for k, v in seeds.items() if k[0] == sector}, n))
    doing = {k: min(v, firms[k]) for k, v in doing.items()}

    cells = defaultdict(int)
    startup_doing = defaultdict(int)
    for sector, (n, r_and_d) in STARTUPS.items():
        total = split(n, STARTUP_REGIONS)
        active = split(r_and_d, STARTUP_REGIONS) if r_and_d else {}
        for region in REGIONS:
            for size, part in split(active.get(region, 0), {"micro": 1 - STARTUP_SMALL, "small": STARTUP_SMALL}).items():
                part = min(part, doing.get((sector, size, region), 0))
                startup_doing[sector, size, region] += part
                for theme, k in theme_split(sector, region, part, force=True).items():
                    cells["startup", sector, size, region, 1, theme] += k
            rest = total[region] - sum(startup_doing[sector, z, region] for z in ("micro", "small"))
            for size, part in split(rest, {"micro": 1 - STARTUP_SMALL, "small": STARTUP_SMALL}).items():
                for theme, k in theme_split(sector, region, part).items():
                    cells["startup", sector, size, region, 0, theme] += k
    scale_ups = {(s, z, r): SCALE_UP_SIZES[z] * SCALE_UP_SECTORS.get(s, 0.7) * sum(counts[s, y] for y in SIZES[1:]) *
                 firms[s, z, r] / max(counts[s, z], 1.0) for s, z, r in firms if z != "micro" and firms[s, z, r] > 1}
    scale_ups = scaled(scale_ups, FIG["scaleups_count"])
    scale_ups = round_keeping_total({k: min(v, 0.3 * firms[k]) for k, v in scale_ups.items()}, FIG["scaleups_count"])
    for key, n in firms.items():
        sector, size, region = key
        own = doing.get(key, 0) - startup_doing[key]
        fast = scale_ups.get(key, 0)
        fast_doing = min(own, round(fast * min(0.8, 2.0 * own / n))) if n else 0
        kind = "large_firm" if size == "large" else "sme"
        for type_, amount, active in (("scale_up", fast - fast_doing, 0), ("scale_up", fast_doing, 1),
                                      (kind, own - fast_doing, 1), (kind, n - fast - (own - fast_doing), 0)):
            if active:
                for theme, k in theme_split(sector, region, amount).items():
                    cells[type_, sector, size, region, 1, theme] += k
            elif amount > 0:
                cells[type_, sector, size, region, 0, "none"] += amount
    # Each of the ten largest stands alone: taken out of its cell.
    for sector, region, theme in TOP_TEN:
        key = max((k for k in cells if k[1:4] == (sector, "large", region) and k[4] == 1 and k[0] == "large_firm" and cells[k] > 0),
                  key=lambda k: (k[5] == theme, cells[k]))
        cells[key] -= 1
    cells = {k: v for k, v in cells.items() if v > 0}
    return cells, counts, size_totals, rd, performers, rd_size, n_size, rd_region


def top_ten_rd():
    """MEUR by rank."""
    rest = 0.30 * BERD - FIG["ASML_RnD_2020"]
    weights = [1 / k for k in range(2, 11)]
    return [FIG["ASML_RnD_2020"]] + [rest * w / sum(weights) for w in weights]


def rd_by_cell(cells, rd, rd_size, rd_region):
    """MEUR by performing cell, raked to sector, size and region after taking out the ten largest."""
    rd, rd_size, rd_region = dict(rd), dict(rd_size), dict(rd_region)
    for (sector, region, _), money in zip(TOP_TEN, top_ten_rd()):
        rd[sector] -= money
        rd_size["large"] -= money
        rd_region[region] -= money
    mean = {"micro": 0.07, "small": 0.15, "medium": 1.1, "large": 5.0}
    seeds = {k: n * mean[k[2]] * (2.0 if k[0] == "startup" else 1.7 if k[0] == "scale_up" else 1.0) * (1.0 if k[5] != "none" else 0.7)
             for k, n in cells.items() if k[4]}
    fitted, miss = rake(seeds, [((1,), {(s,): v for s, v in rd.items()}), ((2,), {(z,): v for z, v in rd_size.items()}),
                                ((3,), {(r,): v for r, v in rd_region.items()})], rounds=2000, tolerance=1e-6)
    print(f"R&D of firms: largest miss of a margin {miss:.2e}")
    return fitted


def staff_by_cell(cells):
    """fte by cell: means by size, the large class takes what the sector's total leaves."""
    result, per_sector = {}, defaultdict(float)
    large = defaultdict(float)
    for k, n in cells.items():
        type_, sector, size, _, doing, _ = k
        if size == "large":
            large[sector] += n * (1.3 if doing else 1.0)
            continue
        mean = STAFF[size] * (1.25 if doing and size == "micro" else 1.0)
        mean = {"micro": 3.6, "small": 15.6}[size] if type_ == "startup" else mean
        result[k] = n * mean
        per_sector[sector] += result[k]
    for sector in SECTORS:
        wanted = RECALLED[sector][1] * 1000.0
        floor = 300.0 * large[sector]
        factor = min(1.0, (wanted - floor) / per_sector[sector]) if wanted > floor else 0.8
        factor = max(factor, 0.75)
        for k in result:
            if k[1] == sector and k[0] != "startup":
                result[k] *= factor
        rest = wanted - sum(v for k, v in result.items() if k[1] == sector)
        for k, n in cells.items():
            if k[1] == sector and k[2] == "large":
                result[k] = max(rest, floor) * n * (1.3 if k[4] else 1.0) / large[sector]
    return result


def pareto_sizes(n, mean):
    """n staffs [fte] of the largest class, largest first: quantiles of a Pareto law between its bounds, with this mean.

    Dutch firms follow Zipf's law above 50 persons (81588NED 2023: exponents 0.93 to 1.03 between class bounds). The exponent of a
    sector is the one that its mean asks for."""
    def quantiles(exponent):
        low, high = LARGE_FROM ** -exponent, LARGE_TO ** -exponent
        return [(high + (i + 0.5) / n * (low - high)) ** (-1 / exponent) for i in range(n)]
    flat, steep = 0.05, 6.0  # the mean falls with the exponent
    for _ in range(60):
        middle = (flat + steep) / 2
        flat, steep = (middle, steep) if sum(quantiles(middle)) > n * mean else (flat, middle)
    sizes = quantiles(flat)
    return [x * n * mean / sum(sizes) for x in sizes]


def large_by_band(cells, staff):
    """{(cell, band): (firms, fte)} of the largest class: sizes of a sector dealt at random to its cells, in bands of a factor two."""
    groups, result = defaultdict(list), defaultdict(lambda: (0, 0.0))
    for k, n in sorted(cells.items()):
        if k[2] == "large":
            groups[k[1], k[4]].append(k)
    for group, keys in sorted(groups.items()):
        slots = [k for k in keys for _ in range(cells[k])]
        random.Random("large firms " + "/".join(map(str, group))).shuffle(slots)
        mean = sum(staff[k] for k in keys) / len(slots)
        for k, fte in zip(slots, pareto_sizes(len(slots), mean)):
            band = max(0, int(math.log2(fte / LARGE_FROM)))
            n, sum_fte = result[k, band]
            result[k, band] = (n + 1, sum_fte + fte)
    return result


def write_firms():
    cells, counts, size_totals, rd, performers, rd_size, n_size, rd_region = make_cells()
    money = rd_by_cell(cells, rd, rd_size, rd_region)
    staff = staff_by_cell(cells)
    va = {}
    for k in cells:
        level = VA_PER_FTE[k[2]] if k[1] != "public_care" else 75.0
        va[k] = staff[k] * level * (0.65 if k[0] == "startup" else 1.08 if k[4] else 1.0)
    total_va = scaled({s: RECALLED[s][0] for s in SECTORS}, FIRMS_GVA)
    top = []
    for rank, ((sector, region, theme), rd_meur) in enumerate(zip(TOP_TEN, top_ten_rd()), 1):
        # Staff from an R&D intensity of 11 % of sales and the sector's value added a person: assumption. ASML has 15,600 fte in
        # the Netherlands (recalled).
        fte = 15600.0 if rank == 1 else rd_meur * 12.0
        key = ("large_firm", sector, "large", region, 1, theme)
        top.append((rank, key, rd_meur, fte, fte * 0.18))
    sums = margin(va, (1,))
    for k in va:  # kEUR of the sector after the ten
        own = sum(t[4] for t in top if t[1][1] == k[1])
        va[k] *= (total_va[k[1]] - own) * 1000 / sums[k[1],]

    small = margin({k: v for k, v in va.items() if k[2] == "small" and k[0] == "sme"}, (1,))
    small_fte = margin({k: v for k, v in staff.items() if k[2] == "small" and k[0] == "sme"}, (1,))
    small_firm = {s: small[s,] / small_fte[s,] for s in SECTORS}

    def row(key, n, weight, fte, va_keur, rd_meur, name):
        type_, sector, size, region, doing, theme = key
        share, labour = RECALLED[sector][2], RECALLED[sector][3]
        sales = va_keur / share / 12
        per_fte = va_keur / fte
        if type_ == "startup" and doing:
            # Sales of ventures follow from their maturity in the model; they pay and could produce like small firms of the sector.
            per_fte, va_keur, sales = small_firm[sector], 0.0, 0.0
        cost = COST_PER_RD_FTE[size] * RD_FTE_FACTOR
        rd_fte = min(rd_meur * 1000 / cost, 0.9 * fte)
        mean_age = {"startup": 48.0, "scale_up": 140.0, "sme": 170.0, "large_firm": 300.0}[type_]
        return [type_, sector, size, region, theme, doing, n, weight, round(fte / n, 2), mean_age, 119 if type_ == "startup" else 900,
                round(per_fte * 1000 / HOURS_A_MONTH / 12, 1), round(per_fte * 1000 * labour / 12), RECALLED[sector][4], float(round(fte, 1)),
                float(round(fte / (1.32 ** 3 if type_ == "scale_up" else 1.25 if type_ == "startup" else 1.01), 1)), round(va_keur / 12, 1),
                round(sales, 1), round(rd_meur * 1000 / 12, 2), round(rd_fte, 1), round(rd_meur * 1000 / 0.18), name]

    total_fte = FIG["RnD_personnel_FTE"] - FIG["RnD_FTE_institutes"] - 36900  # 36 900 in higher education (2019: 35 963)
    raw = sum(m * 1000 / COST_PER_RD_FTE[k[2]] for k, m in money.items()) + sum(t[2] * 1000 / COST_PER_RD_FTE["large"] for t in top)
    global RD_FTE_FACTOR
    RD_FTE_FACTOR = raw / total_fte
    # Performers of 250 and more persons hold 60 % of R&D in 843 firms: they stay at 1:1 at any scale, so that samples agree.
    # A few startups get most of the venture capital: none stands for more than ten in a sample.
    table = [row(k, n, STARTUPS_A_FOUNDER if k[0] == "startup" else 0, staff[k], va[k], money.get(k, 0.0), "") for k, n in sorted(cells.items()) if k[2] != "large"]
    bands = large_by_band(cells, staff)
    of_cell = defaultdict(float)
    for (k, _), (_, fte) in bands.items():
        of_cell[k] += fte
    for (k, band), (n, fte) in sorted(bands.items()):
        part = fte / of_cell[k]  # value added of the sector and R&D of the cell, by staff
        weight = 1 if k[4] or LARGE_FROM * 2 ** band >= AT_FULL_SCALE_FROM else 0
        table.append(row(k, n, weight, fte, va[k] / staff[k] * fte, money.get(k, 0.0) * part, ""))
    table += [row(key, 1, 1, fte, va_meur * 1000, rd_meur, TOP_NAMES.get(rank, f"large R&D firm of rank {rank}"))
              for rank, key, rd_meur, fte, va_meur in top]
    write("firms.csv", [
        "Founding cells of firms in 2020: enterprises of two or more persons (412,600, CBS 81589NED) and 10,000 startups (Techleap).",
        "Money in euros of 2020. Made by tools/data/build_2020.py; margins, sources and assumptions in README.md.",
        "sum.x is the total over the cell; weight is the number of firms that one stands for at most, 1 keeps it at 1:1 at any scale."],
        ["type", "sector", "size_class", "region", "theme", "rd_performer", "count", "weight", "typical_staff [person]",
         "mean_age [month]", "oldest [month]", "mean_productivity [EUR/h]", "wage [EUR/month/person]", "exports_share", "sum.staff [person]",
         "sum.staff_3y_ago [person]", "sum.value_added [kEUR/month]", "sum.sales [kEUR/month]", "sum.rd_spending [kEUR/month]",
         "sum.rd_staff [person]", "sum.rd_stock [kEUR]", "name"], table)
    by_sector = defaultdict(float)
    for (s, z), n in counts.items():
        by_sector[s] += n
    margins = {"firms by size": size_totals, "firms by sector": by_sector, "R&D by sector": rd, "R&D by size": rd_size,
               "R&D by region": rd_region, "R&D performers by sector": performers, "R&D performers by size": n_size}
    return table, margins, cells, money, top


STARTUPS_A_FOUNDER = 10
RD_FTE_FACTOR = 1.0
