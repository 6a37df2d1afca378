# SPDX-License-Identifier: Apache-2.0
"""Founding cells of people: students, PhD candidates, researchers, engineers and other technical staff."""
from collections import defaultdict

from institutes import PHDS, RESEARCHERS, STEM_STUDENTS, STUDENT_FIELDS
from lists import FIELDS as FIELD_NAMES, FIG, SPECIALISATION, regional
from raking import round_keeping_total, scaled
from sources import write

R_AND_D_PERSONS = FIG["RnD_personnel_persons"]  # 226 000
IN_FIRMS = R_AND_D_PERSONS - 42117 - 13472      # institutes and higher education as in 2019 (CBS 84644NED)
ICT_SPECIALISTS = 360000  # beside R&D staff: 199,000 highly educated developers (CBS) and other ICT occupations (recalled)
FOREIGN = {"student": 0.20, "phd": 0.47, "researcher": 0.35, "firm": 0.15, "other_staff": 0.08}
FOREIGN_NOTE = "students: CBS 85125NED (15 % of bachelors, 35 % of masters); PhDs, staff: recalled"
EEA = 0.55  # of those from abroad (assumption)
FIELDS = {
    "phd": {"natural_sciences": 0.25, "engineering": 0.22, "health": 0.33, "ict": 0.05, "other": 0.15},
    "researcher": {"natural_sciences": 0.24, "engineering": 0.20, "health": 0.33, "ict": 0.06, "other": 0.17},
    "firm_researcher": {"engineering": 0.40, "ict": 0.30, "natural_sciences": 0.18, "health": 0.08, "other": 0.04},
    "engineer": {"engineering": 0.58, "ict": 0.30, "natural_sciences": 0.07, "health": 0.02, "other": 0.03},
    "other_staff": {"ict": 1.0},
}
AGE = {"student": (216, 300), "phd": (288, 396), "researcher": (324, 780), "engineer": (276, 780), "other_staff": (276, 780)}


def write_persons(money, researchers, phds, stem, rd_by_region):
    def regions_of(values):
        sums = defaultdict(float)
        for (_, _, region), value in values.items():
            sums[region] += value
        return scaled(sums, 1.0)

    _, jobs, _ = regional()
    ict_jobs = scaled({r: j * SPECIALISATION["ict"].get(r, 1.0) for r, j in jobs.items()}, 1.0)
    # R&D staff of firms live where the R&D is, less concentrated than its money (half jobs in ICT-like proportion: assumption)
    firm_regions = scaled({r: 0.75 * rd_by_region[r] / sum(rd_by_region.values()) + 0.25 * ict_jobs[r] for r in jobs}, 1.0)
    groups = [  # type, at an institute, people, fields, regions, share from abroad
        ("student", 0, STEM_STUDENTS, scaled(STUDENT_FIELDS, 1.0), regions_of(stem), FOREIGN["student"]),
        ("phd", 1, PHDS, FIELDS["phd"], regions_of(phds), FOREIGN["phd"]),
        ("researcher", 1, RESEARCHERS, FIELDS["researcher"], regions_of(researchers), FOREIGN["researcher"]),
        ("researcher", 0, IN_FIRMS * 0.55, FIELDS["firm_researcher"], firm_regions, FOREIGN["firm"]),
        ("engineer", 0, IN_FIRMS * 0.45, FIELDS["engineer"], firm_regions, FOREIGN["firm"]),
        ("other_staff", 0, ICT_SPECIALISTS, FIELDS["other_staff"], ict_jobs, FOREIGN["other_staff"])]
    table = []
    for kind, institute, people, fields, places, foreign in groups:
        origin = {"nl": 1 - foreign, "eea": foreign * EEA, "other": foreign * (1 - EEA)}
        cells = {(f, r, o): people * fields[f] * places[r] * origin[o] for f in fields for r in places for o in origin}
        low, high = AGE[kind]
        table += [[kind, f, r, o, institute, n, low, high] for (f, r, o), n in sorted(round_keeping_total(cells).items()) if n]
    write("persons.csv", [
        "Founding cells of people in 2020: R&D personnel 226,000 persons (CBS), PhD candidates 36,472 (Rathenau), students in science and",
        "technology 170,260 (CBS 85125NED), ICT specialists beside R&D 360,000 (recalled). Fields, regions and origin: README.md."],
        ["type", "field", "region", "origin", "at_institute", "count", "youngest [month]", "oldest [month]"], table)
    write_fields(groups)


def write_fields(groups):
    """Whom firms find abroad, how many of a field look for work, and which fields have students in the model."""
    def shares(wanted):
        sums = {f: 0.0 for f in FIELD_NAMES}
        for kind, institute, people, fields, _, _ in groups:
            if wanted(kind, institute):
                for field, share in fields.items():
                    sums[field] += people * share
        return {f: round(share, 3) for f, share in scaled(sums, 1.0).items()}

    staff = ("phd", "researcher", "engineer", "other_staff")
    of_firms = shares(lambda kind, institute: kind in staff and not institute)
    of_all = shares(lambda kind, _: kind in staff)
    of_students = shares(lambda kind, _: kind == "student")
    write("fields.csv", ["Fields of study of people, and the share of each in the technical staff of firms and of all, and in students (as in persons.csv)."],
          ["field", "name", "name_nl", "firm_staff", "staff", "students", "source"],
          [[f, en, nl, of_firms[f], of_all[f], of_students[f], "ISCED"] for f, (en, nl) in FIELD_NAMES.items()])
