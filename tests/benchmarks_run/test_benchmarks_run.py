"""Every benchmark still runs: in its smallest form, without judging a single figure."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from benchmarks import _homes, _programs

ROOT = Path(__file__).resolve().parents[2]
OURS = (
    "autosave",
    "cold_start",
    "exchange",
    "memory",
    "searching",
    "steadiness",
    "throughput",
    "transports",
    "unlocking",
    "window_while_exchanging",
)


@pytest.fixture(autouse=True)
def _build_elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.getbasetemp() / "benchmark-homes"
    folder.mkdir(exist_ok=True)
    monkeypatch.setattr(_homes, "BUILD", folder)
    monkeypatch.setattr(_programs, "COMPILED", folder / "compiled")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("DISPLAY", raising=False)


@pytest.mark.timeout(120)
@pytest.mark.xdist_group("benchmarks")
@pytest.mark.parametrize("name", OURS)
def test_a_benchmark_runs_in_its_smallest_form(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module(f"benchmarks.{name}").main(_homes.TINY)
    assert capsys.readouterr().out.count("\n") >= 3


def test_the_command_runs_every_benchmark_there_is() -> None:
    found = {path.stem for path in (ROOT / "benchmarks").glob("*.py") if not path.name.startswith("_")}
    assert set(OURS) <= found
