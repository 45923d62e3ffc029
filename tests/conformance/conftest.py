"""The public FHIR data where it lies, and the table that a run of its cases prints at the end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("HOMEVISIT_CONFORMANCE", Path(__file__).parents[3] / "shared" / "fhir"))
TABLE = "conformance"


@pytest.fixture(scope="session")
def public() -> Path:
    if not (FOLDER / "expected").is_dir():
        pytest.skip("the public FHIR data is not on this machine (HOMEVISIT_CONFORMANCE names its folder)")
    return FOLDER


def pytest_terminal_summary(terminalreporter):
    reports = [each for kind in ("passed", "failed") for each in terminalreporter.getreports(kind)]
    for report in reports:
        for name, text in getattr(report, "user_properties", ()):
            if name == TABLE:
                terminalreporter.section(report.nodeid.rpartition("::")[2])
                terminalreporter.write_line(text)
