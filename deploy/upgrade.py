"""`make upgrade`: brings a running portal up to the program that lies here, while visitors go on reading.

It stops at the first step that fails, and says how to go on. Until the last step the older program answers; it goes on
doing so where an earlier one failed.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import environ
from asks import answers

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 180  # seconds for which the newer program may take to be ready


class UpgradeError(Exception):
    """What went wrong, and what to do."""


def manage(*arguments: str) -> None:
    """Raises UpgradeError where the command fails."""
    print(f"== manage.py {' '.join(arguments)}", flush=True)
    if subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT).returncode:
        raise UpgradeError(
            f"“manage.py {arguments[0]}” failed. Nothing after it was done: mend it, and run this again."
        )


def back_up() -> None:
    """Keep what there is in BACKUP_DIR."""
    folder = Path(os.environ.get("BACKUP_DIR") or ROOT / "backups")
    asked = [sys.executable, "manage.py", "help", "backup"]
    if subprocess.run(asked, cwd=ROOT, capture_output=True).returncode:
        raise UpgradeError("This portal has no command “backup”, and nothing is upgraded without one.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    manage("backup", str(folder))


def running_portal() -> int:
    """The process number of the portal that is to be restarted. Raises UpgradeError where it does not run."""
    file = Path(os.environ.get("GUNICORN_PIDFILE") or "/run/portal/gunicorn.pid")
    try:
        number = int(file.read_text())
        os.kill(number, 0)
    except (OSError, ValueError) as error:
        raise UpgradeError(
            f"No portal runs whose number is in {file} ({error}). Start it (systemctl start portal) before or instead, "
            "or say in GUNICORN_PIDFILE where its file is."
        ) from error
    return number


def workers_of(master: int) -> set[int]:
    return {int(number) for number in Path(f"/proc/{master}/task/{master}/children").read_text().split()}


def restart(master: int) -> None:
    """Let newer workers take over from those there are, and wait until they are alone and ready."""
    print("== restart", flush=True)
    older = workers_of(master)
    os.kill(master, signal.SIGHUP)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        time.sleep(0.2)
        try:
            present = workers_of(master)
        except FileNotFoundError:
            break
        if present and not present & older and answers("/readyz"):
            return
    raise UpgradeError("The newer program is not ready. Look into its log (journalctl --unit portal).")


def upgrade() -> None:
    master = running_portal()
    manage("check", "--deploy", "--fail-level", "ERROR")
    back_up()
    manage("collectstatic", "--noinput", "--verbosity", "0")
    manage("migrate", "--noinput")
    restart(master)
    print("== the newer program answers; what follows from the content is brought up to it", flush=True)
    # What the older program did since the migrations may not be in the numbers that the newer one keeps.
    manage("rebuild_tallies")
    manage("make_renditions")


if __name__ == "__main__":
    environ.Env.read_env(ROOT / ".env")
    try:
        upgrade()
    except UpgradeError as error:
        sys.exit(f"The upgrade stopped. {error}")
    print("== upgraded")
