# How are a process's time, memory and disk measured, and what machine is this?
import os
import platform
import statistics
import subprocess
import time
from pathlib import Path


def run(command, env=None):
    """Runs to the end: wall seconds, CPU seconds, peak memory in MB (of the largest process), standard output."""
    os.sync()
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env={**os.environ, **(env or {})}) as process:
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"scripts/bench: {command[0]} ended with status {process.returncode}: {' '.join(command)}")
    return {"wall_s": round(wall, 3), "cpu_s": round(usage.ru_utime + usage.ru_stime, 3),
            "peak_mb": round(usage.ru_maxrss / 1024, 1), "out": out.decode()}


def whole_process_ms(commands):
    """Median of whole runs, in milliseconds."""
    return round(statistics.median(run(c)["wall_s"] for c in commands) * 1000, 1)


def disk_mb(path):
    """What lies below a path, in MB of 10^6 bytes."""
    return round(sum(f.stat().st_size for f in Path(path).rglob("*") if f.is_file()) / 1e6, 1)


def warm(files):
    """Reads every file once; their bytes."""
    return sum(len(f.read_bytes()) for f in files)


def machine():
    info = Path("/proc/cpuinfo").read_text()
    model = next((line.split(":", 1)[1].strip() for line in info.splitlines() if line.startswith("model name")), "")
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1e6
    release = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    return f"{len(os.sched_getaffinity(0))} cores of {model or platform.machine()}, {memory:.0f} GB, {release}"


def load():
    return round(os.getloadavg()[0], 1)


def package_version(name):
    return subprocess.run(["dpkg-query", "-W", "-f=${Version}", name], capture_output=True, text=True).stdout
