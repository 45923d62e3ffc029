"""The public FHIR data where it lies, the reference engine under Node where there is one, and what they print."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import dev

FOLDER = Path(os.environ.get("HOMEVISIT_CONFORMANCE", dev.ROOT.parent / "shared" / "fhir"))
# npm install --prefix build/node fhirpath@5.1.1
PACKAGE = dev.ROOT / "build" / "node" / "node_modules" / "fhirpath"
FIGURE = "fhirpath"


@pytest.fixture(scope="session")
def public() -> Path:
    if not (FOLDER / "questionnaires").is_dir():
        pytest.skip("the public FHIR data is not on this machine (HOMEVISIT_CONFORMANCE names its folder)")
    return FOLDER


@pytest.fixture(scope="session")
def under_node() -> Callable[[str], str]:
    """Runs jobs, one a line, through npm fhirpath in Node: an engine that shares no file with the program."""
    node = shutil.which("node")
    if node is None or not PACKAGE.is_dir():
        pytest.skip("no Node with npm fhirpath here (npm install --prefix build/node fhirpath@5.1.1)")
    parts = [
        PACKAGE / "src" / "fhirpath.js",
        PACKAGE / "fhir-context" / "r4" / "index.js",
        PACKAGE / "src" / "types.js",
    ]
    program = Path(__file__).with_name("reference_engine.js")

    def run(jobs: str) -> str:
        command = [node, program, *parts]
        environment = {**os.environ, "TZ": "UTC"}
        return subprocess.run(command, input=jobs, env=environment, capture_output=True, text=True, check=True).stdout

    return run


def pytest_terminal_summary(terminalreporter):
    for report in terminalreporter.getreports("passed"):
        for name, text in getattr(report, "user_properties", ()):
            if name == FIGURE:
                terminalreporter.write_line(f"FHIRPath: {text}")
