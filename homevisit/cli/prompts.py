"""``prompts check``, ``evaluate`` and ``validate``: what the engine makes of a set, for authors, tools and comparisons.

None of them needs a store or a passphrase. The commands of the library stand beside them in ``prompt_library``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.cli import prompt_library
from homevisit.cli.call import DONE, REFUSED, Call, UsageError
from homevisit.cli.output import write_document
from homevisit.cli.parsing import Commands
from homevisit.errors import HomeVisitError

if TYPE_CHECKING:
    from homevisit.prompts.items import Fault
    from homevisit.prompts.questionnaire import Questionnaire

VERDICTS = ("refused", "inert", "noted")


def add(commands: Commands) -> None:
    """Declare everything under ``prompts``."""
    group = commands.group("prompts", "prompt sets: try, check, install, pack")
    prompt_library.add_to(group)
    made = group.add("check", "say what would be refused or inert", run=check, example="prompts check form.json")
    made.add_argument("files", nargs="+", metavar="FILE", help="FHIR R4 Questionnaires")
    made = group.add(
        "evaluate",
        "work out a response: what is enabled, calculated, wrong (JSON)",
        run=evaluate,
        example="prompts evaluate form.json answers.json --now 2026-11-22T09:00:00Z",
    )
    made.add_argument("files", nargs="*", metavar="FILE [RESPONSE]", help="without a response a new one is begun")
    made.add_argument("--now", metavar="T", help="the moment that today() and now() mean (default: none)")
    made.add_argument("--batch", metavar="CASES", help="a JSON Lines file of cases; one result line for each")
    made.add_argument("--root", default=".", metavar="DIR", help="where the sets of the cases lie (default: here)")
    made = group.add(
        "validate",
        "list what is wrong with a response (JSON)",
        run=validate,
        example="prompts validate form.json answers.json",
    )
    made.add_argument("file", metavar="FILE")
    made.add_argument("response", metavar="RESPONSE")


def check(call: Call) -> int:
    """The faults of each file; refused where one of them cannot be used."""
    checked = [_checked(Path(name).expanduser()) for name in call.args.files]
    call.answer(checked, [line for each in checked for line in _check_lines(each)])
    return REFUSED if any(each["verdict"] == "refused" for each in checked) else DONE


def evaluate(call: Call) -> int:
    """One response, or a batch of cases."""
    args = call.args
    if args.batch is not None:
        from homevisit.cli.prompt_batch import run_batch

        if args.files:
            raise UsageError("give either --batch or a FILE, not both.")
        return run_batch(Path(args.batch).expanduser(), Path(args.root).expanduser())
    if not 1 <= len(args.files) <= 2:
        raise UsageError("give a FILE and, if there is one, a RESPONSE.")
    return _evaluate_one(args.files, moment(args.now))


def validate(call: Call) -> int:
    """Always a JSON list, empty where nothing is wrong."""
    from homevisit.cli.prompt_words import finding_words
    from homevisit.prompts import fhir_json
    from homevisit.prompts.validating import validate as found_in

    questionnaire = _loaded(Path(call.args.file).expanduser())
    response = fhir_json.parse(read(Path(call.args.response).expanduser()))
    findings = found_in(questionnaire, response)
    write_document([{"linkId": each.link_id, "code": each.code, "text": finding_words(each)} for each in findings])
    return DONE


def read(path: Path) -> bytes:
    """A file that the person named."""
    try:
        return path.read_bytes()
    except OSError:
        raise UsageError(f"{path.name} cannot be read.") from None


def moment(text: str | None) -> datetime | None:
    """A date or an instant; without a zone it is UTC, so that a result does not depend on where it was made."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError("--now is a date or an instant, such as 2026-11-22T09:00:00Z.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _loaded(path: Path) -> Questionnaire:
    return _load(read(path))


def _load(data: bytes) -> Questionnaire:
    from homevisit.prompts.questionnaire import load

    return load(data)


def _evaluate_one(files: list[str], now: datetime | None) -> int:
    from homevisit.prompts import fhir_json
    from homevisit.prompts.evaluate import Context
    from homevisit.prompts.judged import judged

    questionnaire = _loaded(Path(files[0]).expanduser())
    response = fhir_json.parse(read(Path(files[1]).expanduser())) if len(files) > 1 else None
    refused = [_named(fault) for fault in questionnaire.faults if fault.verdict == "refused"]
    more = {"refused": refused} if refused else {}
    write_document({**judged(questionnaire, response, Context(now=now)), **more})
    if refused:
        sys.stderr.write("homevisit: the set is refused; it was worked out without what was refused.\n")
    return REFUSED if refused else DONE


def _checked(path: Path) -> dict[str, object]:
    data = read(path)
    try:
        questionnaire = _load(data)
    except HomeVisitError as error:
        return {"file": str(path), "verdict": "refused", "refused": [_unread(error)], "inert": [], "noted": []}
    lists = {name: [_named(f) for f in questionnaire.faults if f.verdict == name] for name in VERDICTS}
    verdict = "refused" if lists["refused"] else "inert" if lists["inert"] else "fine"
    named = {"url": questionnaire.url, "version": questionnaire.version, "title": questionnaire.title}
    return {"file": str(path), **named, "verdict": verdict, **lists}


def _unread(error: HomeVisitError) -> dict[str, object]:
    from homevisit.cli.wording import refusal

    return {"code": error.code, "linkId": "", "what": "", "text": refusal(error).partition("\n")[2]}


def _named(fault: Fault) -> dict[str, object]:
    from homevisit.prompts.fault_words import fault_words

    return {"code": fault.code, "linkId": fault.link_id, "what": fault.what, "text": fault_words(fault)}


def _check_lines(checked: dict[str, object]) -> Iterator[str]:
    yield f"{checked['file']}: {checked['verdict']}"
    for verdict in VERDICTS:
        found = checked[verdict]
        for each in found if isinstance(found, list) else ():
            where = f"{each['linkId']}: " if each["linkId"] else ""
            yield f"  {verdict:<8} {each['code']:<22} {where}{each['text']}"
