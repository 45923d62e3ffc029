"""The reference engine that ships is the one that its README names."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys

import dev
import resources

FOLDER = "fhirpath"


def test_the_bundle_is_the_one_that_the_readme_names() -> None:
    stated = re.search(r"SHA-256 of `fhirpath.js`: `([0-9a-f]{64})`", resources.read_text(f"{FOLDER}/README.md"))
    assert stated is not None
    assert hashlib.sha256(resources.read_bytes(f"{FOLDER}/fhirpath.js")).hexdigest() == stated.group(1)


def test_every_package_in_the_bundle_has_its_licence() -> None:
    packages = re.findall(r"^- (\S+ \S+)$", resources.read_text(f"{FOLDER}/README.md"), flags=re.MULTILINE)
    licences = resources.read_text(f"{FOLDER}/LICENSES.txt")
    assert len(packages) > 5
    assert [package for package in packages if f"{package}\n====" not in licences] == []


def test_the_interpreter_is_loaded_only_when_an_expression_needs_it() -> None:
    program = """
import sys
from homevisit.prompts.expressions.compiling import compiled
response = {"resourceType": "QuestionnaireResponse", "item": [{"linkId": "a", "answer": [{"valueInteger": 2}]}]}
print(compiled("item.where(linkId = 'a').answer.value + 1").values(response, {"resource": response}))
print("_quickjs" in sys.modules, "quickjs" in sys.modules)
print(compiled("'abc'.matches('b')").values(response, {"resource": response}))
print("_quickjs" in sys.modules, "quickjs" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=dev.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["(3,)", "False False", "(True,)", "True False"]
