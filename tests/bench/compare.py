# Which side is how fast, large and hungry on the same files in the same run? Called by scripts/bench.
import argparse
import datetime
import json
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
from math import log
from pathlib import Path

import remix
from measure import disk_mb, load, machine, package_version, run, warm, whole_process_ms

SEED = 20  # every run asks the same queries and mixes the same archives
QUERIES = 200
WHOLE_PROCESS_QUERIES = 15


class Side:
    """One program: `index(folders)` is a command or a function; what it makes lies in `made`."""

    def __init__(self, name, package, made, index):
        self.name, self.package, self.made, self.index = name, package, made, index


def recoll_command(work, folders):
    conf = work / "recoll-conf"
    shutil.rmtree(conf, ignore_errors=True)
    conf.mkdir()
    (conf / "recoll.conf").write_text(f"topdirs = {' '.join(map(str, folders))}\ndbdir = {work / 'recoll'}\n"
                                      "followLinks = 1\ndefaultcharset = UTF-8\nindexstemminglanguages = norwegian\n"
                                      "processwebqueue = 0\nidxniceprio = 0\n")
    return ["recollindex", "-c", str(conf), "-z"]


def index_fts5(made, folders):
    """In a process of its own, through Python's sqlite3: texts stored, one transaction."""
    database = sqlite3.connect(made)
    database.executescript("pragma journal_mode = wal; create virtual table article using fts5(path unindexed, body)")
    with database:
        for folder in folders:
            for file in sorted(Path(folder).rglob("*.txt")):
                database.execute("insert into article values (?, ?)", (str(file), file.read_text("utf-8", "replace")))
    database.close()


def sides(work, build, classpath):
    lucene = ["java", "-cp", classpath, "LuceneBench"]
    spalte = str(build / "spalte")

    def own(name, *options):
        db = work / name.replace(" ", "")
        return Side(name, None, db, lambda folders: [spalte, "index", "--db", str(db), *options, *map(str, folders)])

    return [
        own("spalte"),
        own("spalte --no-annotate", "--no-annotate"),
        Side("lucene", "liblucene8-java", work / "lucene",
             lambda folders: [*lucene, "index", str(work / "lucene"), *map(str, folders)]),
        Side("omindex", "xapian-omega", work / "omindex",
             lambda folders: ["omindex", "--db", str(work / "omindex"), "--url", "/", "-s", "norwegian",
                              *map(str, folders)]),
        Side("recollindex", "recollcmd", work / "recoll", lambda folders: recoll_command(work, folders)),
        Side("fts5", "sqlite3", work / "fts5",
             lambda folders: [sys.executable, __file__, "--fts5", str(work / "fts5"), *map(str, folders)]),
    ]


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        for part in path.parent.glob(path.name + "*"):
            part.unlink()


def size_of(side):
    made = side.made
    return disk_mb(made) if made.is_dir() else round(sum(f.stat().st_size for f in made.parent.glob(made.name + "*")) / 1e6, 1)


def parts_of(db):
    """Where Spalte's megabytes lie."""
    out = {}
    for file in sorted(db.rglob("*")):
        if file.is_file() and file.stat().st_size > 1e5:
            name = str(file.relative_to(db))
            out[name[name.index("/") + 1:] if name.startswith("index-") else name] = round(file.stat().st_size / 1e6, 1)
    catalogue = sqlite3.connect(db / "catalogue.sqlite")
    for what in ("text", "annotation", "paragraphs"):
        out[f"of it: {what}"] = round(catalogue.execute(f"select sum(length({what})) from body").fetchone()[0] / 1e6, 1)
    return out


def ask_spalte(build, db, queries, file):
    """Median and 99th percentile inside the process, median of whole processes; milliseconds."""
    inside = run([str(build / "query_bench"), str(db), str(file)])["out"].split()
    whole = whole_process_ms([str(build / "spalte"), "search", "--db", str(db), q] for q in queries[:WHOLE_PROCESS_QUERIES])
    return {"median_ms": float(inside[0]), "p99_ms": float(inside[1]), "whole_process_ms": whole}


class Report:
    """A Markdown table and the raw figures beside it."""

    def __init__(self, kind, folder, files, size):
        stamp = datetime.datetime.now()
        self.name = f"{stamp:%Y-%m-%d-%H%M}-{kind}"
        self.lines = [f"# {kind.capitalize()}: {folder.name}, {files:,} files, {size / 1e6:.1f} MB", "",
                      f"{stamp:%Y-%m-%d %H:%M}, {machine()}. Load when it began: {load()}.", ""]
        self.raw = []

    def say(self, line=""):
        self.lines.append(line)
        print(line, flush=True)

    def table(self, head, rows):
        self.say("| " + " | ".join(head) + " |")
        self.say("|" + "---|" * len(head))
        for row in rows:
            self.say("| " + " | ".join("" if c is None else str(c) for c in row) + " |")
        self.say()

    def write(self):
        results = Path(__file__).parent / "results"
        results.mkdir(exist_ok=True)
        (results / f"{self.name}.md").write_text("\n".join(self.lines) + "\n")
        (results / f"{self.name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in self.raw))
        print(f"written to tests/bench/results/{self.name}.md and .jsonl")


def compare(o, work, folder, files, size, rng):
    report = Report("comparison", folder, len(files), size)
    chosen = [s for s in sides(work, o.build, o.classpath) if not o.sides or s.name in o.sides]
    taken = {s.name: [] for s in chosen}
    for number in range(o.rounds):
        for side in chosen:
            remove(side.made)
            figures = run(side.index([folder]))
            figures.pop("out")
            figures |= {"what": "index", "side": side.name, "round": number, "size_mb": size_of(side), "load": load()}
            report.raw.append(figures)
            taken[side.name].append(figures)
            print(f"{side.name}: {figures['wall_s']} s", flush=True)
    queries = remix.two_word_queries(files, QUERIES, rng)
    query_file = work / "queries"
    query_file.write_text("\n".join(queries) + "\n")
    asked = {}
    if "lucene" in taken:
        out = run(["java", "-cp", o.classpath, "LuceneBench", "query", str(work / "lucene"), str(query_file)])["out"].split()
        asked["lucene"] = {"median_ms": float(out[0]), "p99_ms": float(out[1])}
    for side in chosen:
        if side.name.startswith("spalte"):
            asked[side.name] = ask_spalte(o.build, side.made, queries, query_file)
    report.raw += [{"what": "query", "side": name, **figures} for name, figures in asked.items()]

    def median(name, key):
        return statistics.median(f[key] for f in taken[name])

    def ratio(of, to):
        """Of wall times, round by round: what a noisy machine does to one side it does to the other."""
        if of not in taken or to not in taken:
            return None
        return f"{statistics.median(a['wall_s'] / b['wall_s'] for a, b in zip(taken[of], taken[to])):.2f}"

    report.table(["side", "wall s", "CPU s", "peak MB", "disk MB", "disk / text", "spalte takes of it", "without annotation",
                  "query, median ms", "p99 ms", "whole process ms"],
                 [[s.name + (f" {package_version(s.package)}" if s.package else ""), median(s.name, "wall_s"),
                   median(s.name, "cpu_s"), median(s.name, "peak_mb"), median(s.name, "size_mb"),
                   f"{median(s.name, 'size_mb') * 1e6 / size:.2f}", ratio("spalte", s.name),
                   ratio("spalte --no-annotate", s.name)] +
                  [asked.get(s.name, {}).get(k) for k in ("median_ms", "p99_ms", "whole_process_ms")] for s in chosen])
    report.say(f"Medians of {o.rounds} rounds, ratios of wall time within a round. Queries: {QUERIES} of two words, both "
               "required, ten best, second round.")
    report.say()
    if "spalte" in taken:
        db = next(s.made for s in chosen if s.name == "spalte")
        again(o, work, report, db, folder)
        parts = parts_of(db)
        report.raw.append({"what": "parts", **parts})
        report.table(["part of spalte's index", "MB", "/ text"], [[k, v, f"{v * 1e6 / size:.2f}"] for k, v in parts.items()])
    report.write()


def again(o, work, report, db, folder):
    """What an archive costs that is there: nothing changed; one more article until it is found."""
    spalte = str(o.build / "spalte")
    unchanged = [run([spalte, "index", "--db", str(db), str(folder)])["wall_s"] for _ in range(3)]
    one = []
    for i in range(3):
        new = work / f"new{i}"
        new.mkdir()
        (new / "en.txt").write_text(f"Ny ferje til Vågsund\n\nRederiet setter inn ny ferje, sier ordfører Torstein Bråthen. Xyzzy{i}ord.\n")
        added = run([spalte, "index", "--db", str(db), str(new)])["wall_s"]
        found = run([spalte, "count", "--db", str(db), f"xyzzy{i}ord"])
        if found["out"].strip() != "1":
            raise SystemExit("scripts/bench: the new article is not found")
        one.append(round(added + found["wall_s"], 3))
    report.raw.append({"what": "again", "unchanged_s": unchanged, "one_more_s": one})
    report.say(f"Again with nothing changed: {statistics.median(unchanged):.2f} s. One more article until it is found: "
               f"{statistics.median(one):.2f} s.")
    report.say()


def growth(o, work, folder, files, rng):
    pool = remix.Pool(files, rng)
    sizes = o.sizes
    made, seen, first, size = [], set(), 0, 0
    report = Report("growth", folder, len(files), warm(files))
    report.say(f"Archives mixed from its sentences; words after n articles: {pool.factor:.0f} n^{pool.exponent:.2f}.")
    report.say()
    rows, reference = [], None
    for articles in sizes:
        part = work / f"articles-{articles}"
        size += remix.write_articles(pool, part, first, articles, rng, seen)
        made.append(part)
        first = articles
        files = [f for p in made for f in sorted(p.rglob("*.txt"))]
        warm(files)
        db = work / "spalte"
        remove(db) if db.exists() else None
        figures = run([str(o.build / "spalte"), "index", "--db", str(db), *map(str, made)])
        figures.pop("out")
        queries = remix.two_word_queries(files, QUERIES, rng)
        (work / "queries").write_text("\n".join(queries) + "\n")
        figures |= ask_spalte(o.build, db, queries, work / "queries")
        figures |= {"what": "growth", "articles": articles, "text_mb": round(size / 1e6, 1), "disk_mb": disk_mb(db),
                    "words": pool.common + len(seen), "load": load()}
        report.raw.append(figures)
        rows.append(figures)
        print(figures, flush=True)
        if articles == sizes[min(1, len(sizes) - 1)]:
            reference = figures
    per = lambda f: f["wall_s"] / f["articles"] * 1000
    report.table(["articles", "text MB", "distinct words", "wall s", "ms an article", f"of that at {reference['articles']:,}",
                  "CPU s", "peak MB", "disk MB", "disk / text", "query, median ms", "p99 ms", "whole process ms"],
                 [[f"{f['articles']:,}", f["text_mb"], f"{f['words']:,}", f["wall_s"], f"{per(f):.3f}",
                   f"{per(f) / per(reference):.2f}", f["cpu_s"], f["peak_mb"], f["disk_mb"],
                   f"{f['disk_mb'] / f['text_mb']:.2f}", f["median_ms"], f["p99_ms"], f["whole_process_ms"]] for f in rows])
    if len(rows) > 1:
        slope = log(rows[-1]["wall_s"] / rows[0]["wall_s"]) / log(rows[-1]["articles"] / rows[0]["articles"])
        report.say(f"Slope: time grows as articles^{slope:.2f} (1 is linear).")
    report.write()


def main():
    if sys.argv[1] == "--fts5":
        return index_fts5(sys.argv[2], sys.argv[3:])
    p = argparse.ArgumentParser(prog="scripts/bench")
    p.add_argument("folder", type=Path)
    p.add_argument("--build", type=Path, required=True)
    p.add_argument("--classpath", required=True)
    p.add_argument("--growth", action="store_true", help="archives of growing size instead of peers")
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--sides", type=lambda s: s.split(","), help="only these: " + "spalte,spalte --no-annotate,lucene,…")
    p.add_argument("--sizes", type=lambda s: [int(n) for n in s.split(",")], default=[10_000, 43_000, 430_000])
    p.add_argument("--work", type=Path)
    o = p.parse_args()
    o.build = o.build.resolve()
    rng = random.Random(SEED)
    files = sorted(o.folder.rglob("*.txt"))
    if not files:
        raise SystemExit(f"scripts/bench: {o.folder} holds no .txt file")
    if o.work:
        o.work.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="spalte-bench-", dir=o.work or "/var/tmp"))
    os.environ["XDG_CONFIG_HOME"] = str(work)  # nobody's own settings
    try:
        if o.growth:
            growth(o, work, o.folder, files, rng)
        else:
            compare(o, work, o.folder, files, warm(files), rng)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
