"""What the numbers were measured on."""

import os
import platform
import re
import sqlite3
from pathlib import Path

import django

from bench.driving import HOW_TO_INSTALL_WRK, has_wrk


def facts() -> dict:
    """Processor, memory and versions of this machine (Linux)."""
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    kilobytes = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())
    return {
        "processor": processor[1] if processor else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(int(kilobytes[1]) / 1024**2, 1) if kilobytes else None,
        "system": platform.platform(),
        "python": platform.python_version(),
        "django": django.get_version(),
        "sqlite": sqlite3.sqlite_version,
        "driver": "wrk" if has_wrk() else "Python",
        "load_before": round(os.getloadavg()[0], 1),
    }


def notes(machine: dict) -> list[str]:
    """What somebody who reads the numbers has to know of how they came about."""
    said = []
    if machine["driver"] != "wrk":
        said.append(
            f"wrk is not installed ({HOW_TO_INSTALL_WRK}): requests per second were driven from Python, which is "
            "slower than the fastest pages. The ratios of warm pages to the floor are then too good."
        )
    if machine["load_before"] > machine["cores"] / 2:
        said.append(
            f"The machine was busy with something else (load {machine['load_before']}): judge by ratios, not by times."
        )
    return said
