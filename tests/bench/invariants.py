#!/usr/bin/env python3
# Do all counts of a query agree on a large archive too? 200 queries made of words of its own titles, with every kind of
# operator: count = ids = timeline (with the undated) = sum of a facet that has one value an article, and the same query
# gives the same bytes. Usage: invariants.py SPALTE INDEX [QUERIES]. Ends with 1 where one does not hold, and says which.
import csv
import json
import random
import re
import subprocess
import sys


def main():
    spalte, db = sys.argv[1:3]
    wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    rng = random.Random(20261128)

    def run(command, *words):
        r = subprocess.run([spalte, command, "--db", db, *words], capture_output=True, text=True)
        if r.returncode not in (0, 1):
            sys.exit(f"spalte {command} {' '.join(words)}: status {r.returncode}: {r.stderr}")
        return r.stdout

    def last_column(text, column):
        return sum(int(row[column]) for row in list(csv.reader(text.splitlines()))[1:])

    titles = run("search", "*", "--sort", "random", "--seed", "7", "-n", "600", "--format", "jsonl", "--fields", "title")
    words = sorted({w for line in titles.splitlines() for w in re.findall(r"\w{2,}", json.loads(line)["title"] or "")
                    if w not in ("AND", "OR", "NOT", "NEAR", "ONEAR", "ANDNOT", "SAME")})
    two = lambda: (rng.choice(words), rng.choice(words))
    kinds = [lambda: rng.choice(words), lambda: "%s %s" % two(), lambda: "%s OR %s" % two(), lambda: '"%s %s"' % two(),
             lambda: "%s NEAR/8 %s" % two(), lambda: "%s -%s" % two(), lambda: "=" + rng.choice(words),
             lambda: "-" + rng.choice(words), lambda: rng.choice(words)[:4] + "*", lambda: "title:" + rng.choice(words),
             lambda: "sent{%s %s}" % two(), lambda: "lang:nn OR " + rng.choice(words), lambda: "%s SAME/p %s" % two(),
             lambda: "quote:" + rng.choice(words), lambda: "topic:film " + rng.choice(words)]
    found = wrong = 0
    for i in range(wanted):
        query = kinds[i % len(kinds)]()
        ids = run("search", "-n", "0", "--format", "ids", "--", query)
        n = len(set(ids.split()))
        counts = {
            "ids": len(ids.split()),
            "count": int(run("count", "--", query)),
            "timeline": last_column(run("timeline", "--format", "csv", "--by", ("month", "year", "week")[i % 3], "--",
                                        query), 1),
            "facets": last_column(run("facets", "--format", "csv", "--", ("lang", "source")[i % 2], query), 1),
        }
        found += n > 0
        same = i % 5 != 0 or run("search", "--format", "jsonl", "--", query) == run("search", "--format", "jsonl", "--", query)
        if set(counts.values()) != {n} or not same:
            wrong += 1
            print(f"{query}: {n} ids, {counts}{'' if same else ', other bytes the second time'}")
    print(f"{wanted} queries, {found} of which find something: {wrong} wrong")
    sys.exit(1 if wrong or found < wanted // 3 else 0)


main()
