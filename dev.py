#!/usr/bin/env python3
"""The one entry for every development task; needs Python 3.11, git and the package registries, and nothing else."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "set-up-stamp"
BUILD = ROOT / "build"
DEMO_HOME = BUILD / "demo-home"
DEMO_WORDS = BUILD / "demo-home.txt"
SERVERS = BUILD / "servers"
SOURCES = ("requirements/run.txt", "requirements/dev.txt", "pyproject.toml")
UNFINISHED = "unfinished"
REFRESHING = "refreshing"

HELP = """\
usage: python3 dev.py COMMAND [-- ARGUMENTS]

  run      open the program on a demo home; where there is no display, run the tour instead
  test     lint, then every test; with arguments after “--”: pytest alone, with those arguments
  lint     ruff, formatting, mypy --strict and the import rules
  screens  draw every screen into build/screens
  bench    run the benchmarks and print their ratios
  package  build a wheel into dist/

Each command first sets up what it needs: the packages in .venv, from the hash-locked list in
requirements/dev.txt, and on Debian and Ubuntu the system libraries that Qt needs (installed when
you are root; otherwise the one line to type is printed). The second time that takes under a second.

examples:
  python3 dev.py run
  python3 dev.py test
  python3 dev.py test -- tests/architecture -k sizes
"""

ODD_PACKAGE_NAMES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
}
SCREEN_TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
QT_FILES = (
    "QtWidgets.abi3.so",
    "QtSvg.abi3.so",
    "QtPrintSupport.abi3.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqoffscreen.so",
)


class Stop(Exception):  # noqa: N818 - an ending with a sentence, not a fault
    """Ends the command with a sentence and an exit status."""

    def __init__(self, sentence: str, status: int = 2) -> None:
        super().__init__(sentence)
        self.status = status


def say(line: str) -> None:
    """Print one line at once, so that it stands before what a child process prints."""
    print(line, flush=True)


def call(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Run a program in the root of the repository; gives its exit status."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode


def output(*command: str | Path) -> str | None:
    """What a program prints, or None when it cannot be run or fails."""
    try:
        done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


# System packages


def require_system(packages: Sequence[str]) -> None:
    """Install Debian packages as root, otherwise end with the exact line to type."""
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.name != "posix" or os.geteuid() != 0:
        raise Stop(f"Some system packages are missing. Type this line, then try again:\n  sudo {line}")
    say(f"Installing system packages: {' '.join(packages)}")
    path = f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin:/sbin"  # dpkg refuses a PATH without sbin
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PATH": path}
    call("apt-get", "-qq", "update", env=env)
    quiet = ("-qq", "-o", "Dpkg::Use-Pty=0")
    if call("apt-get", *quiet, *line.split()[1:], env=env):
        raise Stop(f"The system packages could not be installed. Type this line to see why:\n  {line}")


def missing_libraries() -> list[str]:
    """Names of the shared libraries that Qt asks for and the loader does not find."""
    pattern = f"lib/python{sys.version_info.major}.*/site-packages/PySide6"
    missing: set[str] = set()
    for folder in VENV.glob(pattern):
        found = output("ldd", *(folder / name for name in QT_FILES if (folder / name).exists())) or ""
        missing.update(re.findall(r"^\s*(\S+) => not found", found, flags=re.MULTILINE))
    return sorted(missing)


def package_of(library: str) -> str:
    """The Debian package of a shared library, by Debian's rule: ``libEGL.so.1`` is in ``libegl1``."""
    name, _, version = library.lower().partition(".so.")
    return ODD_PACKAGE_NAMES.get(library) or f"{name}{'-' if name[-1].isdigit() else ''}{version}"


def require_qt(*, screen: bool) -> None:
    """Make sure that Qt can load and, when asked, that a virtual screen can be started."""
    if not sys.platform.startswith("linux"):
        return
    libraries = missing_libraries()
    tools = [name for name in SCREEN_TOOLS if screen and shutil.which(name) is None]
    if not libraries and not tools:
        return
    if shutil.which("apt-get") is None:
        raise Stop(f"Install what provides these with your system's package tool: {' '.join(libraries + tools)}")
    require_system(sorted({package_of(name) for name in libraries} | {SCREEN_TOOLS[name] for name in tools}))
    if left := missing_libraries():
        raise Stop(f"These system libraries are still missing: {' '.join(left)}")


# The environment in .venv


def require_venv_module() -> None:
    """Debian ships Python without ensurepip unless python3.x-venv is installed."""
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if shutil.which("apt-get") is None:
        raise Stop("This Python has no venv module. Install it with your system's package tool.")
    require_system([package])
    importlib.invalidate_caches()


def fingerprint() -> str:
    """What the environment must have been made from to be usable as it is; empty when its Python does not start."""
    version = output(PYTHON, "-c", "import sys; print(sys.version)")
    if not version:
        return ""
    digest = hashlib.sha256(version.encode())
    for name in SOURCES:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamp() -> str:
    """What the last set-up left behind: a fingerprint, ``unfinished``, ``refreshing``, or nothing."""
    return STAMP.read_text("utf-8").strip() if STAMP.exists() else ""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the lock on the set-up, so that two commands started together do not build one environment twice."""
    try:
        import fcntl  # noqa: PLC0415 - not there on Windows
    except ImportError:
        yield
        return
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def new_environment() -> None:
    """Make .venv from nothing; the stamp comes first, so that an interruption is noticed."""
    if VENV.exists() and any(VENV.iterdir()) and not stamp():
        raise Stop("The .venv here was made by something else and does not start. Move it away, then try again.")
    require_venv_module()
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    STAMP.write_text(UNFINISHED, "utf-8")
    base = getattr(sys, "_base_executable", "") or sys.executable
    if call(base, "-m", "venv", VENV):
        raise Stop("The environment in .venv could not be made; the lines above say why.", 1)


def fill_environment(*options: str) -> None:
    """Install the locked packages and the project itself."""
    pip = (PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input")
    steps = (
        ("--require-hashes", *options, "-r", "requirements/dev.txt"),
        ("--no-deps", "--no-build-isolation", "-e", "."),
    )
    if any(call(*pip, *step) for step in steps):
        raise Stop("Setting up .venv failed; the lines above say why. If nothing else helps, delete .venv.", 1)


def refresh_environment(before: str) -> None:
    """Bring an environment that was once complete up to date, in place: it is never deleted.

    A refresh that was killed may have left a package half copied, so the next one copies all of them again.
    """
    STAMP.write_text(REFRESHING, "utf-8")
    try:
        fill_environment(*(("--force-reinstall",) if before == REFRESHING else ()))
    except Stop:
        STAMP.write_text(before, "utf-8")  # the old set-up counts for nothing now, but nothing was half done
        raise


def set_up() -> None:
    """Bring .venv to what the lock files say; a finished set-up is recognised by its stamp."""
    with one_at_a_time():
        wanted, before = fingerprint(), stamp()
        if wanted and before == wanted:
            return
        say("Setting up .venv (a minute or two the first time) …")
        if wanted and before != UNFINISHED:
            refresh_environment(before)
        else:
            new_environment()
            fill_environment()
        STAMP.write_text(fingerprint(), "utf-8")


# Screens


def has_display() -> bool:
    """Whether a window would be seen here."""
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform in {"darwin", "win32"} or bool(named)


def first_line(reader: int, seconds: float) -> str:
    """What is written into a pipe first, or nothing when that takes too long."""
    with os.fdopen(reader) as lines:
        ready, _, _ = select.select([lines], [], [], seconds)
        return lines.readline().strip() if ready else ""


@contextmanager
def virtual_screen(size: str = "1366x768x24") -> Iterator[dict[str, str]]:
    """The environment for programs with windows: under Xvfb, on a display number it finds free; unchanged off Linux."""
    if not sys.platform.startswith("linux"):
        yield dict(os.environ)
        return
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        if not (number := first_line(reader, seconds=20)):
            raise Stop("Xvfb did not start; run “Xvfb :99” by hand to see why.", 1)
        kept = {k: v for k, v in os.environ.items() if k not in {"WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
        yield {**kept, "DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait()


# Commands


def demo_home() -> None:
    """Build the demo home once; it counts only when it is complete."""
    if DEMO_HOME.exists() and DEMO_WORDS.exists():
        return
    say("Building the demo home …")
    part = DEMO_HOME.with_suffix(".part")
    for leftover in (part, DEMO_HOME):
        shutil.rmtree(leftover, ignore_errors=True)
    command = [str(BIN / "homevisit"), "--home", str(part), "demo"]
    made = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if made.returncode:
        raise Stop("The demo home could not be built; the lines above say why.", 1)
    DEMO_WORDS.write_text(made.stdout, "utf-8")
    part.rename(DEMO_HOME)


def run(rest: Sequence[str]) -> int:
    """Open the window on the demo home, or run the tour where nobody would see a window."""
    set_up()
    require_qt(screen=not has_display())
    if has_display():
        demo_home()
        say(DEMO_WORDS.read_text("utf-8").rstrip())
        return call(BIN / "homevisit", "--home", DEMO_HOME, *rest)
    say("There is no display here: running the tour on a virtual screen.")
    with virtual_screen() as env:
        return call(PYTHON, "tests/journey/tour.py", "--out", "build/tour", *rest, env=env)


def lint(rest: Sequence[str] = ()) -> int:
    """Run every check on the text of the program; all of them, also after one has failed."""
    if rest:
        raise Stop("lint takes no arguments.")
    set_up()
    checks = (
        ("ruff", "check", "--quiet", "."),
        ("ruff", "format", "--check", "--quiet", "."),
        ("mypy", "--no-error-summary"),
        ("lint-imports", "--no-logo"),
    )
    failed = [" ".join(check) for check in checks if call(BIN / check[0], *check[1:])]
    say(f"lint: failed: {', '.join(failed)}" if failed else "lint: ruff, formatting, mypy and import rules are clean")
    return 1 if failed else 0


def test(rest: Sequence[str]) -> int:
    """Lint and run the whole suite, or run pytest alone with the arguments given."""
    set_up()
    if call(PYTHON, "packaging/servers.py", SERVERS):
        raise Stop("The servers that tests talk to could not be installed; the lines above say why.", 1)
    require_qt(screen=True)
    if not rest and lint():
        return 1
    arguments = rest or ("-n", "2", "--dist", "loadgroup")
    with virtual_screen() as env:
        return call(PYTHON, "-m", "pytest", *arguments, env=env)


def screens(rest: Sequence[str]) -> int:
    """Draw every screen; offscreen, because only that gives the same pixels everywhere."""
    set_up()
    require_qt(screen=False)
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return call(PYTHON, "tests/screens.py", "--out", "build/screens", *rest, env=env)


def bench(rest: Sequence[str]) -> int:
    """Run each benchmark in its own process, one after the other."""
    set_up()
    require_qt(screen=True)
    with virtual_screen() as env:
        programs = sorted(path for path in (ROOT / "benchmarks").glob("*.py") if not path.name.startswith("_"))
        return max((call(PYTHON, path, *rest, env=env) for path in programs), default=0)


def package(rest: Sequence[str]) -> int:
    """Build the wheel and check what is in it."""
    set_up()
    return call(PYTHON, "packaging/build_wheel.py", *rest)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "screens": screens,
    "bench": bench,
    "package": package,
}


def end(*_: object) -> None:
    """A polite request to end unwinds like Ctrl+C, so that the virtual screen goes too."""
    raise KeyboardInterrupt


def main(argv: Sequence[str]) -> int:
    """Carry out one command; gives its exit status."""
    name, *rest = argv or ["--help"]
    if name not in COMMANDS:
        asked = name in {"-h", "--help", "help"}
        print(HELP, end="", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    signal.signal(signal.SIGTERM, end)
    try:
        return COMMANDS[name](rest[1:] if rest[:1] == ["--"] else rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.status
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - whatever Python is at hand starts this file
        sys.exit("Homevisit needs Python 3.11 or newer.")
    sys.exit(main(sys.argv[1:]))
