"""Makes resources/fhirpath/ again: npm fhirpath with its R4 model as one file. The only thing here that needs Node.

Run it after a change of the pinned versions; a test compares the SHA-256 in the README with the file.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "fhirpath"
FHIRPATH = "5.1.1"
ESBUILD = "0.28.2"
STANDARD = Path(__file__).resolve().parent / "licence-texts"
LICENCE = re.compile(r"licen[cs]e|copying", re.IGNORECASE)
# Who holds the copyright where a package ships no text that says so: as in the heads of its files.
HOLDERS = {
    "antlr4": "2012-2017 The ANTLR Project. All rights reserved.",
    "date-fns": "Sasha Koss and the date-fns contributors",
    "url-join": "Zen Li",
}
# A licence without conditions, whose own words are not fit to be shown.
UNCONDITIONAL = {"is-integer": "WTFPL version 2: anyone may do with it what they want."}
ENTRY = """\
globalThis.fhirpathParts = {
  fhirpath: require("fhirpath"),
  model: require("fhirpath/fhir-context/r4"),
  types: require("fhirpath/src/types.js"),
  supplements: require("fhirpath/src/sdc-ig-supplements.js"),
};
"""
# ES2017 and one global name: the embedded interpreter has no modules and no “global”.
OPTIONS = (
    "--bundle",
    "--minify",
    "--target=es2017",
    "--define:global=globalThis",
    "--format=iife",
    "--legal-comments=none",
    "--charset=ascii",
    "--log-level=error",
)


def main() -> int:
    """Install the two packages in a temporary folder, bundle, and write file, licences and README."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is needed for this (and for nothing else): install Node, then try again.")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wanted = (f"fhirpath@{FHIRPATH}", f"esbuild@{ESBUILD}")
        subprocess.run([npm, "install", "--no-save", "--no-audit", "--no-fund", *wanted], cwd=folder, check=True)
        bundled = bundle(folder)
        write_licences(folder, bundled)
    write_readme(bundled)
    return 0


def bundle(folder: Path) -> dict[str, str]:
    """Write the bundle; gives the packages that are in it with their versions."""
    (folder / "entry.js").write_text(ENTRY, encoding="utf-8")
    esbuild = folder / "node_modules" / ".bin" / "esbuild"
    outputs = ("--metafile=meta.json", f"--outfile={TARGET / 'fhirpath.js'}")
    subprocess.run([esbuild, "entry.js", *OPTIONS, *outputs], cwd=folder, check=True)
    inputs = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["inputs"]
    names = {found[1] for path in inputs if (found := re.search(r"node_modules/((?:@[^/]+/)?[^/]+)/", path))}
    return {name: version_of(folder, name) for name in sorted(names)}


def version_of(folder: Path, package: str) -> str:
    """The version that is installed."""
    described = folder / "node_modules" / package / "package.json"
    return str(json.loads(described.read_text(encoding="utf-8"))["version"])


def write_licences(folder: Path, bundled: dict[str, str]) -> None:
    """The licence text of every package in the bundle, one after the other."""
    parts = (
        f"{name} {version}\n{'=' * 40}\n{licence_of(folder / 'node_modules' / name)}"
        for name, version in bundled.items()
    )
    lines = (line.rstrip() for line in "\n\n\n".join(parts).splitlines())
    (TARGET / "LICENSES.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def licence_of(package: Path) -> str:
    """The licence file of a package; where it has none or a short one, the standard text of what it states."""
    if package.name in UNCONDITIONAL:
        return UNCONDITIONAL[package.name]
    texts = [path.read_text(encoding="utf-8").strip() for path in sorted(package.iterdir()) if LICENCE.match(path.name)]
    words = "\n\n".join(texts)
    if "without" in words:  # every full text has the word, a mere pointer to one has not
        return words
    stated = json.loads((package / "package.json").read_text(encoding="utf-8"))
    holder = HOLDERS.get(package.name, "the authors")
    standard = (STANDARD / f"{stated['license']}.txt").read_text(encoding="utf-8").strip()
    return "\n\n".join(part for part in (words, f"Copyright (c) {holder}", standard) if part)


def write_readme(bundled: dict[str, str]) -> None:
    """What the file is, how it was made, and its SHA-256."""
    digest = hashlib.sha256((TARGET / "fhirpath.js").read_bytes()).hexdigest()
    packages = "\n".join(f"- {package} {version}" for package, version in bundled.items())
    (TARGET / "README.md").write_text(
        f"""\
# The FHIRPath reference engine

`fhirpath.js` is npm `fhirpath` {FHIRPATH} with its R4 model in one file, made by esbuild {ESBUILD} with
`python3 packaging/fhirpath_bundle.py`. Nothing in it is changed by hand. `bridge.js` is ours: how the program calls it.
`homevisit/prompts/expressions` runs both in the QuickJS interpreter, without a network and without Node.

SHA-256 of `fhirpath.js`: `{digest}`

Packages in it (licence texts in `LICENSES.txt`):
{packages}
""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    sys.exit(main())
