"""``prompts list``, ``install``, ``remove``, ``export`` and ``pack``: the library of prompt sets and packs of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.cli.call import DONE, Call, UsageError, has_terminal
from homevisit.cli.parsing import Commands
from homevisit.errors import HomeVisitError

if TYPE_CHECKING:
    from homevisit.prompts.library import Library, PromptSet
    from homevisit.services.prompt_library import PackOffer, PromptLibrary


def add_to(group: Commands) -> None:
    """Declare these commands in the group ``prompts``."""
    made = group.add("list", "list the prompt sets that can be asked", run=show, example="--home home prompts list")
    made.add_argument("--all", action="store_true", help="earlier versions and those of removed packs too")
    made.add_argument("--packs", action="store_true", help="list the installed packs instead")
    made = group.add("install", "install a pack", run=install, example="prompts install sleep.homevisit-pack")
    made.add_argument("pack", metavar="PACK")
    confirmed = made.add_mutually_exclusive_group()
    confirmed.add_argument("--words", metavar='"W1 … W6"', help="the signer’s six words, if their card is new here")
    confirmed.add_argument("--yes", action="store_true", help="you compared the words already")
    made = group.add(
        "remove", "remove an installed pack; answers stay readable", run=remove, example="prompts remove ID"
    )
    made.add_argument("pack", metavar="ID", help="as “prompts list --packs” shows it")
    made = group.add("export", "write prompt sets as FHIR files", run=export, example="prompts export --out folder")
    made.add_argument("--set", default="", metavar="ID", help="only this set (default: all that can be asked)")
    made.add_argument("--out", required=True, metavar="DIR")
    _add_pack(group)


def _add_pack(group: Commands) -> None:
    made = group.add(
        "pack",
        "make a pack of your own sets and sign it",
        run=pack,
        example='prompts pack --out sleep.homevisit-pack --name Sleep --version 1 --licence "own wording" diary.json',
    )
    made.add_argument("files", nargs="+", metavar="QUESTIONNAIRE", help="FHIR R4 Questionnaire files")
    made.add_argument("--out", required=True, metavar="FILE", help="a new file, by custom ….homevisit-pack")
    made.add_argument("--name", required=True)
    made.add_argument("--version", required=True)
    made.add_argument("--organisation", default="", metavar="NAME", help="who is licensed (default: as on your card)")
    made.add_argument("--licence", default="", metavar="TEXT", help="your right to use them (default: their copyright)")
    made.add_argument(
        "--licence-of", nargs=2, action="append", default=[], metavar=("ID", "TEXT"), help="another one for one set"
    )


def show(call: Call) -> int:
    """The sets, or the installed packs. Without a store: the sets that ship."""
    with _library(call) as (library, installed):
        if call.args.packs:
            return _show_packs(call, installed)
        found = library.all if call.args.all else library.sets
        call.answer([_document(each) for each in found], [_line(each) for each in found])
    return DONE


def install(call: Call) -> int:
    """Say what is in a pack, have a new signer's words compared, and install it."""
    with call.unlocked() as services:
        library = services.prompt_library
        offer = library.preview(_path(call.args.pack))
        if offer.problem is not None:
            raise offer.problem
        _compare(call, offer)
        done = library.install(library.confirm_signer(offer))
    document = {"pack": done.id, **done.manifest.to_json(), "signer": done.signer, "already": offer.is_installed}
    call.answer(document, [*_pack_lines(offer), f"Installed: {done.id}"])
    return DONE


def remove(call: Call) -> int:
    """Remove a pack by its id, or by the beginning of it."""
    wanted = call.args.pack.strip().lower()
    with call.unlocked() as services:
        found = [each for each in services.prompt_library.packs() if wanted and each.id.startswith(wanted)]
        if len(found) != 1:
            raise HomeVisitError("pack.unknown")
        services.prompt_library.remove(found[0].id)
    call.answer({"removed": found[0].id}, [f"Removed: {found[0].manifest.name} {found[0].manifest.version}"])
    return DONE


def export(call: Call) -> int:
    """Write sets out as the files they came from."""
    folder = _path(call.args.out)
    with _library(call) as (library, installed):
        chosen = [_named(library, call.args.set)] if call.args.set else list(library.sets)
        written = [_write(folder, each) for each in chosen]
        if installed is not None:
            installed.note_export(len(written))
    call.answer([str(path) for path in written], [f"{path}" for path in written])
    return DONE


def pack(call: Call) -> int:
    """Make and sign a pack."""
    from homevisit.services.pack_making import PackWords

    args = call.args
    words = PackWords(
        name=args.name,
        version=args.version,
        licence=args.licence,
        licences=dict(args.licence_of),
        organisation=args.organisation,
    )
    out = _path(args.out)
    with call.unlocked() as services:
        manifest = services.pack_making.make([_path(name) for name in args.files], words, out)
    document = {"pack": manifest.id, "file": str(out), **manifest.to_json()}
    call.answer(
        document, [f"{each.title} {each.version}  {each.url}" for each in manifest.sets] + [f"Written to {out}"]
    )
    return DONE


@contextmanager
def _library(call: Call) -> Iterator[tuple[Library, PromptLibrary | None]]:
    """The library of the home's store, or of the program where there is no store yet."""
    from homevisit.prompts.library import Library

    if not call.home.keys.exists() and not call.home.keys_copy.exists():
        yield Library.shipped(), None
        return
    with call.unlocked() as services:
        yield services.library, services.prompt_library


def _show_packs(call: Call, installed: PromptLibrary | None) -> int:
    packs = installed.packs() if installed is not None else ()
    call.answer(
        [
            {"pack": each.id, "signer": each.signer, "installed_at": each.installed_at, **each.manifest.to_json()}
            for each in packs
        ],
        [
            f"{each.id[:12]}  {each.manifest.name} {each.manifest.version}, {each.manifest.organisation}"
            for each in packs
        ]
        or ["No packs are installed."],
    )
    return DONE


def _compare(call: Call, offer: PackOffer) -> None:
    """A signer whose card is new here is confirmed as a card is: by six words."""
    if offer.unknown is None or call.args.yes:
        return
    if call.args.words is not None:
        if tuple(call.args.words.lower().split()) != offer.unknown.words:
            raise HomeVisitError("card.words_differ")
        return
    lines = [*_pack_lines(offer), f"Signed by {offer.signer.name}, whose card is not known here."]
    if not has_terminal():
        sys.stderr.write("\n".join(lines) + "\n")
        raise UsageError("there is no terminal to ask on; give --words or --yes.")
    sys.stderr.write(
        "\n".join(lines) + f"\n  {' '.join(offer.unknown.words)}\nAre these the signer’s six words? [y/N] "
    )
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise HomeVisitError("card.not_confirmed")


def _named(library: Library, name: str) -> PromptSet:
    try:
        return library.get(name)
    except KeyError:
        raise HomeVisitError("prompts.unknown") from None


def _write(folder: Path, each: PromptSet) -> Path:
    path = folder / f"{each.id}-{each.version}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as target:
            target.write(each.reader())
    except OSError:
        raise HomeVisitError("prompts.cannot_write") from None
    return path


def _document(each: PromptSet) -> dict[str, object]:
    return {
        "id": each.id,
        "url": each.url,
        "version": each.version,
        "title": each.title,
        "origin": each.origin.value,
        "licence_class": each.licence_class,
        "licence": each.licence,
        "attribution": each.attribution,
        "source": each.source,
        "checked_on": each.checked_on,
        "asked_per": each.per,
        "languages": list(each.languages),
        "pack": each.pack,
    }


def _line(each: PromptSet) -> str:
    return f"{each.id:<32}  {each.version:<8}  {each.licence_class or '-'}  {each.origin.value:<9}  {each.title}"


def _pack_lines(offer: PackOffer) -> list[str]:
    manifest = offer.manifest
    head = f"{manifest.name} {manifest.version}, {manifest.organisation}"
    return [
        head,
        *(
            f"  {each.said.title} {each.said.version} ({each.standing.value})  {each.said.licence}"
            for each in offer.sets
        ),
    ]


def _path(name: str) -> Path:
    return Path(name).expanduser().absolute()
