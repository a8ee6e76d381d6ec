"""Times one round's computation: `python -m tests.bench.scoring`."""

import random
import time
from decimal import Decimal

from evaluations import scoring
from evaluations.scoring import Candidate, Part, Rules, Scheme

SUBJECTS = {"PB": 20, "CG": 25, "TM": 15, "CC": 20, "ER": 20}


def parts(path: str, weights: dict, **more) -> Part:
    children = tuple(
        Part(code, weight=Decimal(weight), level=more.get("level", False)) for code, weight in weights.items()
    )
    return Part(path, weight=Decimal(more.pop("weight")), children=children, **more)


def usual() -> Scheme:
    raters = {"mentor": 60, "studio": 40}
    subjects = tuple(parts(code, raters, weight=weight, level=True) for code, weight in SUBJECTS.items())
    process = parts("process", {"attendance": 40, "logs": 20, "reflections": 20, "homework": 20}, weight=20)
    performance = parts("performance", {"project": 60, "clinic": 20, "findings": 20}, weight=25)
    poll = parts("appraisal", dict.fromkeys(("mentor", "subdistrict", "residents"), 5), weight=15, whole=Decimal(15))
    competency = Part("competency", weight=Decimal(40), children=subjects)
    root = Part("total", spread=False, children=(process, competency, performance, poll))
    return Scheme(root, Rules(ties=("competency", "performance", "process")))


def people(count: int, scheme: Scheme, seed: int = 2018) -> list[Candidate]:
    lot = random.Random(seed)
    rows = []
    for key in range(count):
        answers = {
            path: lot.randint(2, 5) if leaf.level else Decimal(lot.randint(600, 1000)) / 10
            for path, leaf in scoring.leaves(scheme.root)
            if lot.random() > 0.05
        }
        rows.append(Candidate(str(key), answers, Decimal(lot.randint(60, 100))))
    return rows


def main() -> None:
    scheme = usual()
    scoring.check(scheme)
    for count in (30, 3000):
        rows = people(count, scheme)
        start = time.perf_counter()
        outcomes = scoring.judge(scheme, rows)
        spent = (time.perf_counter() - start) * 1000
        print(f"{f'one round, {count} mentees':<44}{spent:>10.1f} ms   {scoring.distribution(outcomes.values())}")


if __name__ == "__main__":
    main()
