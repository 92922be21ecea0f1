#!/usr/bin/env python3
# What does it cost that an archive lies in shards? Indexes a folder into one index and into three shards, asks both the same,
# and prints a table. Everything runs on this machine, so shards share its cores: what it tells is the overhead, not what
# several machines would give. Usage: shards.py SPALTE FOLDER WORK
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import measure

QUERIES = 200
WORDS = ["norge", "film", "musikk", "bok", "spill", "statsminister", "kultur", "barn", "krig", "vann", "reise", "mat", "lyd",
         "bilde", "historie", "roman", "konsert", "skuespiller", "restaurant", "telefon"]


def cluster(path, places, timeout=5):
    path.write_text(f"timeout = {timeout}\n" + "".join(
        f'\n[[shard]]\nname = "{name}"\nat = "{at}"\n' for name, at in places))
    return ["--cluster", str(path)]


class Server:
    def __init__(self, spalte, db):
        self.process = subprocess.Popen([spalte, "serve", "--db", str(db), "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, text=True, start_new_session=True)
        self.at = "tcp 127.0.0.1:" + self.process.stdout.readline().rsplit(":", 1)[1].strip()

    def signal(self, number):
        os.killpg(self.process.pid, number)


def median_ms(command, runs=11):
    times = []
    for _ in range(runs):
        begun = time.monotonic()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append((time.monotonic() - begun) * 1000)
    return statistics.median(times)


def per_second(command_of, clients):
    """Queries a second of so many clients that each ask all of them."""
    begun = time.monotonic()
    running = [subprocess.Popen(command_of(), stdout=subprocess.DEVNULL) for _ in range(clients)]
    for r in running:
        r.wait()
    return clients * QUERIES / (time.monotonic() - begun)


def main():
    spalte, folder, work = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    work.mkdir(parents=True, exist_ok=True)
    shards = [work / name for name in "abc"]
    local = cluster(work / "local.toml", [(s.name, s) for s in shards])
    one = ["--db", str(work / "one")]
    print(measure.machine(), "load", measure.load())
    if not (work / "one").exists():
        for name, where in (("one index", one), ("three shards", local)):
            r = measure.run([spalte, "index", "-q", *where, str(folder)])
            print(f"index, {name}: wall {r['wall_s']} s, cpu {r['cpu_s']} s, peak {r['peak_mb']} MB")
    for name, where in (("one index", one), ("three shards", local)):
        r = measure.run([spalte, "index", *where, str(folder)])
        print(f"nothing changed, {name}: wall {r['wall_s']} s  ({r['out'].strip()})")
    print("disk, MB:", measure.disk_mb(work / "one"), [measure.disk_mb(s) for s in shards])
    print("articles:", *[measure.run([spalte, "count", "--db", str(d), "*"])["out"].strip() for d in [work / "one", *shards]])

    servers = [Server(spalte, s) for s in shards]
    served = cluster(work / "served.toml", [(s.name, v.at) for s, v in zip(shards, servers)])
    batch = work / "queries.txt"
    batch.write_text("".join(f"q{i}\t{WORDS[i % 20]} {WORDS[(i * 7 + 3 + i // 20) % 20]}\n" for i in range(QUERIES)))
    ways = [("one index", one), ("three shards here", local), ("three servers, loopback", served)]
    commands = [("count *", ["count", "*"]), ("search, two words", ["search", "norge film", "-n", "10"]),
                ("timeline * by month", ["timeline", "*", "--by", "month"]), ("facets source,year *", ["facets", "source,year", "*"]),
                ("actors *", ["actors", "*"]), ("topics *", ["topics", "*"]), ("quotes film", ["quotes", "film"]),
                ("\"i den\"", ["count", "\"i den\""])]
    print("\n| whole process, ms (median of 11) |", " | ".join(n for n, _ in ways), "|\n|---|" + "---|" * len(ways))
    for name, words in commands:
        print(f"| {name} |", " | ".join(f"{median_ms([spalte, words[0], *w, *words[1:]]):.0f}" for _, w in ways), "|")
    every = ["search", "--any", "--batch", str(batch), "--format", "trec", "-n", "10"]
    print("| 200 queries in one process, ms a query |",
          " | ".join(f"{median_ms([spalte, every[0], *w, *every[1:]], 3) / QUERIES:.2f}" for _, w in ways), "|")

    print("\n| queries a second | 1 client | 2 clients |\n|---|---|---|")
    rows = [("one index", one)]
    for n in (1, 2, 3):
        rows.append((f"{n} of the shards, here", cluster(work / f"local{n}.toml", [(s.name, s) for s in shards[:n]])))
    for n in (1, 2, 3):
        rows.append((f"{n} of the servers", cluster(work / f"served{n}.toml",
                                                    [(s.name, v.at) for s, v in zip(shards[:n], servers)])))
    for name, where in rows:
        print(f"| {name} |", " | ".join(f"{per_second(lambda: [spalte, every[0], *where, *every[1:]], c):.0f}" for c in (1, 2)), "|")

    print("\n| one of three servers, time-out 1 s | count *, ms | status |\n|---|---|---|")
    faulty = cluster(work / "faulty.toml", [(s.name, v.at) for s, v in zip(shards, servers)], 1)
    dead = socket.socket()
    dead.bind(("127.0.0.1", 0))  # nobody listens: refused
    refused = cluster(work / "refused.toml", [("a", servers[0].at), ("b", f"tcp 127.0.0.1:{dead.getsockname()[1]}"),
                                              ("c", servers[2].at)], 1)
    for name, where, before, after in (("all there", faulty, None, None), ("refused", refused, None, None),
                                       ("frozen", faulty, signal.SIGSTOP, signal.SIGCONT)):
        if before:
            servers[1].signal(before)
        command = [spalte, "count", *where, "*"]
        status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        print(f"| {name} | {median_ms(command, 5):.0f} | {status} |")
        if after:
            servers[1].signal(after)
    for s in servers:
        s.signal(signal.SIGKILL)
        s.process.wait()


if __name__ == "__main__":
    main()
