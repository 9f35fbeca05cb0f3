"""What is installed on servers is locked: every package, in one version, known by its hashes, and nothing else."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name as named

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ENTRY = re.compile(
    r"^(?P<line>[a-z0-9.-]+==[^\s;]+(?: ; [^\\\n]+)?) \\\n"
    r"(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)"
    r"(?P<via>    # via (?:\S.*\n)|    # via\n(?:    #   \S.*\n)+)",
    re.MULTILINE,
)
ENTRIES = {}
for found in ENTRY.finditer(LOCK):
    requirement = Requirement(found["line"])
    ENTRIES[named(requirement.name)] = (requirement, found)
# Machines that the portal may be set up on: the oldest Python, Debian 12's, and newer ones; three systems.
PYTHONS = ["3.11.0", "3.11.2", "3.11.9", "3.12.3", "3.13.5", "3.14.0"]
SYSTEMS = [
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "aarch64"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
]
MACHINES = [
    system | {"python_full_version": python, "python_version": python.rpartition(".")[0]}
    for python in PYTHONS
    for system in SYSTEMS
]


def wanted() -> list[Requirement]:
    """The lines of requirements.txt."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines())
    return [Requirement(line) for line in lines if line]


def needed(machine: dict[str, str]) -> Iterator[Requirement]:
    """What a machine needs: what is wanted, and what the packages that are installed here say that they need."""
    waiting, seen = wanted(), set()
    while waiting:
        requirement = waiting.pop()
        yield requirement
        for extra in ("", *requirement.extras):
            if (asked := (named(requirement.name), extra)) in seen:
                continue
            seen.add(asked)
            try:
                lines = metadata.requires(requirement.name) or []
            except metadata.PackageNotFoundError:  # only other machines need it
                lines = []
            more = [Requirement(line) for line in lines]
            waiting += [one for one in more if not one.marker or one.marker.evaluate(machine | {"extra": extra})]


def applies(name: str, machine: dict[str, str]) -> bool:
    marker = ENTRIES[name][0].marker
    return marker is None or marker.evaluate(machine)


def test_everything_in_the_lock_is_one_version_with_hashes():
    """No line is anything else: an option, an address, a package without a hash."""
    assert ENTRY.sub("", LOCK) == ""
    assert len(ENTRIES) == len(ENTRY.findall(LOCK)) > 50
    assert all(len(requirement.specifier) == 1 for requirement, _found in ENTRIES.values())
    assert "://" not in LOCK


def test_the_lock_has_what_requirements_name_in_these_versions():
    pins = {named(requirement.name): str(requirement.specifier) for requirement in wanted()}
    assert all(re.fullmatch(r"==[^,*]+", pin) for pin in pins.values())
    direct = {name for name, (_requirement, found) in ENTRIES.items() if "-r requirements.txt" in found["via"]}
    assert {name: str(ENTRIES[name][0].specifier) for name in direct} == pins


@pytest.mark.parametrize("machine", MACHINES, ids=lambda each: " ".join(list(each.values())[1:5:2]) + each["os_name"])
def test_the_lock_is_complete_on_every_machine(machine):
    missing = []
    for requirement in needed(machine):
        name = named(requirement.name)
        held = name in ENTRIES and applies(name, machine)
        pin = str(ENTRIES[name][0].specifier).removeprefix("==") if held else None
        if not held or not requirement.specifier.contains(pin, prereleases=True):
            missing.append((str(requirement), pin))
    assert missing == []


def test_the_lock_has_nothing_that_no_machine_needs():
    assert {named(each.name) for machine in MACHINES for each in needed(machine)} == set(ENTRIES)


def test_the_tests_run_on_what_servers_get():
    here = {name: requirement for name, (requirement, _found) in ENTRIES.items() if applies(name, {})}
    assert {name: f"=={metadata.version(name)}" for name in here} == {
        name: str(requirement.specifier) for name, requirement in here.items()
    }


@pytest.mark.parametrize("file", ["Makefile", "Dockerfile", "docs/operators.md"])
def test_servers_are_set_up_from_the_lock(file):
    installing = re.findall(r"pip install ([^`\n]*)", (ROOT / file).read_text(encoding="utf-8"))
    of_the_portal = [line for line in installing if not re.search(r"requirements-(dev|tools)\.txt", line)]
    assert any("requirements.lock" in line for line in of_the_portal)
    assert [line for line in of_the_portal if "--require-hashes" not in line] == []


def test_tools_are_pinned():
    lines = re.findall(r"^[^#\s].*$", (ROOT / "requirements-tools.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert {line.partition("==")[0] for line in lines} == {"uv", "pip-audit", "cyclonedx-bom"}
    assert all(re.match(r"[\w-]+==[\d.]+ +# ", line) for line in lines)


# In the place of pip-audit: it prints what pip-audit prints, and ends as pip-audit ends.
STAND_IN = """
import json, pathlib, sys
lock = pathlib.Path(sys.argv[sys.argv.index("--requirement") + 1]).read_text()
assert " ; " not in lock and "--require-hashes" in sys.argv and "async-timeout==" in lock
told = {told}
if told is None:
    sys.exit("no way to the index")
print(json.dumps({{"dependencies": told, "fixes": []}}))
sys.exit(any(package.get("vulns") for package in told))
"""
SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
SKIPPED = {"name": "lxml", "skip_reason": "Dependency not found on PyPI and could not be audited: lxml (6.1.3)"}
WEAKNESS = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["6.1.4"], "description": "…"}
WEAK = {"name": "lxml", "version": "6.1.3", "vulns": [WEAKNESS]}


@pytest.mark.parametrize(
    ("told", "code", "words"),
    [
        ([SOUND], 0, "No weakness is known in the 1 packages"),
        ([SOUND, WEAK], 1, "lxml 6.1.3: PYSEC-2026-1, CVE-2026-1; mended in: 6.1.4"),
        ([SOUND, SKIPPED], 2, "could be asked about 1 of 2 packages: lxml"),
        ([SKIPPED | {"name": "nh3"}, WEAK], 1, "could be asked about 1 of 2 packages: nh3"),
        ([], 2, "could be asked about"),
        (None, 2, "no way to the index"),
    ],
)
def test_an_audit_says_whether_there_is_a_weakness_and_whether_it_knows(tmp_path, told, code, words):
    (tmp_path / "pip_audit.py").write_text(STAND_IN.format(told=repr(told)), encoding="utf-8")
    environment = {"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "scripts/audit.py"], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (code, "")
    assert words in done.stdout
