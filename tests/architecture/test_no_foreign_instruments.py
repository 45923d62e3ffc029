"""Words of instruments that may not be shipped stand nowhere in the repository, this file included.

What is looked for is kept as hashes of runs of five or more words, so that the search does not spread what it forbids.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from pathlib import Path

import dev

TEXT = {".md", ".py", ".json", ".toml", ".txt", ".ts", ".in", ".csv"}
EPDS = {
    "4bfe62647d52520d",
    "bba9d859373873a7",
    "48caab39626de124",
    "4fe1bee50b2ce1e9",
    "e7a5cfcb5bfaa061",
    "a5c8b9f9df591c7a",
    "ee4c7d544f34f996",
    "59a535d5f9e0184d",
    "56aefdd33cecd1c6",
}
RUN = 5


def hashes_in(text: str) -> set[str]:
    """A hash for every run of five words, whatever their case and punctuation."""
    words = re.findall(r"[a-z]+", text.lower().replace("’", "'").replace("'", ""))
    runs = (" ".join(words[place : place + RUN]) for place in range(len(words) - RUN + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:16] for run in runs}


def test_the_search_finds_a_run_of_words_whatever_its_punctuation() -> None:
    looked_for = hashlib.sha256(b"one two three four five").hexdigest()[:16]
    assert looked_for in hashes_in("Zero – ONE, two\nthree; “four” five six")
    assert looked_for not in hashes_in("one two three five four")


def test_no_words_of_an_instrument_that_may_not_be_shipped() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=dev.ROOT, capture_output=True, text=True, check=True).stdout
    files = [dev.ROOT / name for name in listed.splitlines() if Path(name).suffix in TEXT]
    found = [file.name for file in files if file.is_file() and hashes_in(file.read_text("utf-8")) & EPDS]
    assert found == []
