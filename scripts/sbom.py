"""Write `sbom.json`: every package of `requirements.lock` with hashes and licence (a bill of materials, CycloneDX 1.6).

    make sbom

Licences are those that the packages installed in `.venv` declare; what has none, as what only other platforms need,
is named.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = ROOT / ".venv" / "bin" / "python"
TOLD = ("licenses", "description")


def written(*arguments: str | Path) -> dict:
    """What cyclonedx-py makes of it."""
    tool = Path(sys.executable).parent / "cyclonedx-py"
    done = subprocess.run(
        [tool, *arguments, "--spec-version", "1.6", "--output-reproducible"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)


def key(component: dict) -> tuple[str, str]:
    """Name, written as PyPI compares it, and version."""
    return re.sub(r"[-_.]+", "-", component["name"]).lower(), component["version"]


def bill(lock: Path) -> dict:
    locked, installed = written("requirements", lock), written("environment", INSTALLED)
    known = {key(component): component for component in installed["components"]}
    for component in locked["components"]:
        component.pop("description", None)  # the line of the lock, hashes and all
        found = known.get(key(component), {})
        component |= {name: found[name] for name in TOLD if name in found}
    return locked


if __name__ == "__main__":
    target = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "sbom.json"
    made = bill(ROOT / "requirements.lock")
    text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"This is no CycloneDX: {wrong}")
    target.write_text(text, encoding="utf-8")
    without = [component["name"] for component in made["components"] if not component.get("licenses")]
    print(
        f"{len(made['components'])} packages are in {target.name}; without a licence: {', '.join(without) or 'none'}."
    )
