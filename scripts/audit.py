"""Say which weaknesses are known in the packages of `requirements.lock`.

    make audit

Exit code 0: none is known. 1: at least one is. 2: nobody could be asked about some package, so nothing is known.
pip-audit itself takes a package that it could not ask about for one without weaknesses.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
CLEAN, WEAK, UNKNOWN = 0, 1, 2
ONLY_FOR = re.compile(r" ; .*(?= \\$)", re.MULTILINE)


def asked(lock: Path) -> subprocess.CompletedProcess:
    """What pip-audit says of every package in the `lock`, also of those that only other platforms need."""
    with tempfile.TemporaryDirectory() as folder:
        everywhere = Path(folder) / lock.name
        everywhere.write_text(ONLY_FOR.sub("", lock.read_text(encoding="utf-8")), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--requirement", everywhere]
        return subprocess.run(
            [*command, "--format", "json", "--progress-spinner", "off"], capture_output=True, text=True
        )


def judged(done: subprocess.CompletedProcess) -> int:
    """The exit code, after saying what was found."""
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(done.stderr.strip())
        print("The audit did not come about: pip-audit failed. Whether a weakness is known is not known.")
        return UNKNOWN
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    weak = [package for package in packages if package.get("vulns")]
    for package in weak:
        for weakness in package["vulns"]:
            names = ", ".join([weakness["id"], *weakness["aliases"]])
            mended = ", ".join(weakness["fix_versions"]) or "none"
            print(f"{package['name']} {package['version']}: {names}; mended in: {mended}")
    if unknown or not packages:
        print(f"Nobody could be asked about {len(unknown)} of {len(packages)} packages: {', '.join(unknown)}")
        print("The list of known weaknesses was not reached, or does not have them. Run this again where it is.")
    if weak:
        return WEAK
    if unknown or not packages:
        return UNKNOWN
    print(f"No weakness is known in the {len(packages)} packages of {LOCK.name}.")
    return CLEAN


if __name__ == "__main__":
    sys.exit(judged(asked(Path(sys.argv[1]) if sys.argv[1:] else LOCK)))
