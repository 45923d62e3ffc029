"""What goes to stdout is obeyed by no terminal and read by every JSON reader."""

from __future__ import annotations

import io
import json
import sys

import pytest

from homevisit.cli.output import tolerate_any_text, write_document

TEXT = "caf\u00e9 \U0001f37c \u009b31m \x07 \ud800"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_a_document_is_json_without_control_codes_in_any_encoding(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    tolerate_any_text()
    write_document({"note": TEXT})
    sys.stdout.flush()
    written = raw.getvalue().decode(encoding)
    assert json.loads(written) == {"note": TEXT}
    assert not {chr(number) for number in (*range(32), *range(127, 160))} - {"\n"} & set(written)
