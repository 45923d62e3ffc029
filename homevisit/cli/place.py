"""``place``: where packages travel through. Passwords and keys are read from files and shown nowhere."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.cli.call import DONE, Call, UsageError, read_secret
from homevisit.cli.parsing import Commands
from homevisit.domain.place import FOLDER, OTHER_SERVICES, S3, WEBDAV

if TYPE_CHECKING:
    from homevisit.domain.place import Place
    from homevisit.services.places import Places

CERTIFICATES = "certificates"
_LONGEST_FILE = 64 * 1024
_S3_KEYS = ("access_key_id", "secret_access_key", "session_token")


def add(commands: Commands) -> None:
    """Declare the commands."""
    group = commands.group("place", "where packages travel through")
    _declare_adding(group.group("add", "add a place"))
    group.add("list", "list the places", run=show_all, example="--home home place list")
    made = group.add("test", "try whether a package could be put there", run=test, example="place test Nextcloud")
    _name_place(made)
    made = group.add(
        "renew", "give a place another password or key", run=renew, example="place renew cloud --secret-file F"
    )
    _name_place(made)
    _declare_secrets(made)
    made = group.add("remove", "forget a place; what lies there stays", run=remove, example="place remove Nextcloud")
    _name_place(made)


def _declare_adding(kinds: Commands) -> None:
    made = kinds.add("folder", "a folder or a stick", run=add_folder, example="place add folder /media/stick/homevisit")
    made.add_argument("folder", metavar="DIR")
    _declare_title(made)
    made = kinds.add(
        "webdav",
        "a WebDAV share such as Nextcloud",
        run=add_webdav,
        example="place add webdav https://cloud.example/dav/homevisit --user ines --secret-file password.txt",
    )
    made.add_argument("url", metavar="URL", help="of a folder that is there already")
    made.add_argument("--user", metavar="U")
    _declare_common(made)
    made = kinds.add(
        "s3",
        "a bucket of an S3-compatible service",
        run=add_s3,
        example="place add s3 https://s3.example --bucket homevisit --key-file keys.txt",
    )
    made.add_argument("url", metavar="ENDPOINT")
    made.add_argument("--bucket", metavar="B", required=True)
    made.add_argument("--region", metavar="R")
    made.add_argument("--root", metavar="PATH", help="a folder inside the bucket")
    _declare_common(made)
    made = kinds.add(
        "other",
        "another service of Apache OpenDAL, by its settings",
        run=add_other,
        example="place add other azblob --set container=visits --set endpoint=https://… --key-file keys.txt",
    )
    made.add_argument("scheme", metavar="SERVICE", help=f"one of {', '.join(sorted(OTHER_SERVICES))}")
    made.add_argument("--set", metavar="NAME=VALUE", action="append", default=[], help="a setting, as OpenDAL calls it")
    _declare_common(made)


def add_folder(call: Call) -> int:
    """Add a folder."""
    return _add(call, FOLDER, {"path": str(Path(call.args.folder).expanduser().absolute())}, {})


def add_webdav(call: Call) -> int:
    """Add a WebDAV share."""
    user = {"username": call.args.user} if call.args.user else {}
    return _add(call, WEBDAV, {"endpoint": call.args.url, **user}, _secret(call, WEBDAV))


def add_s3(call: Call) -> int:
    """Add a bucket."""
    named = {name: getattr(call.args, name) for name in ("bucket", "region", "root")}
    chosen = {name: value for name, value in named.items() if value}
    return _add(call, S3, {"endpoint": call.args.url, **chosen}, _secret(call, S3))


def add_other(call: Call) -> int:
    """Add a place of any other kind."""
    return _add(call, call.args.scheme, dict(_pair(text) for text in call.args.set), _secret(call, call.args.scheme))


def show_all(call: Call) -> int:
    """Every place, without what opens it."""
    with call.unlocked() as services:
        places, of_team = services.places.all(), {each.id for each in services.places.of_team()}
    call.answer(
        [_document(each) | {"of_team": each.id in of_team} for each in places],
        [_line(each) + (" (from the team file)" if each.id in of_team else "") for each in places]
        or ["No places yet."],
    )
    return DONE


def test(call: Call) -> int:
    """Write a trial file, read it back and take it away."""
    with call.unlocked() as services:
        place = _chosen(call, services.places)
        services.places.test(place.id)
    call.answer(
        _document(place) | {"works": True}, [f"{place.title} works: a trial file was written, read and removed."]
    )
    return DONE


def renew(call: Call) -> int:
    """Keep another password or key for a place."""
    with call.unlocked() as services:
        place = _chosen(call, services.places)
        services.places.renew(place.id, _secret(call, place.kind))
    call.answer(_document(place), [f"{place.title} is opened with the new password or key from now on."])
    return DONE


def remove(call: Call) -> int:
    """Forget a place."""
    with call.unlocked() as services:
        place = _chosen(call, services.places)
        services.places.remove(place.id)
    call.answer(_document(place), [f"{place.title} is off the list. What lies there stays there."])
    return DONE


def _add(call: Call, kind: str, settings: dict[str, str], secret: dict[str, str]) -> int:
    named = getattr(call.args, "ca_file", None)
    if named:
        settings = settings | {CERTIFICATES: _text_of(named)}
    with call.unlocked() as services:
        place = services.places.add(kind, call.args.title, settings, secret)
    call.answer(_document(place), [f"Added {_line(place)}", f"Try it with: homevisit place test {place.id[:8]}"])
    return DONE


def _declare_title(made: ArgumentParser) -> None:
    made.add_argument("--title", metavar="T", default="", help="what to call it (default: its folder, bucket or host)")


def _declare_common(made: ArgumentParser) -> None:
    _declare_title(made)
    _declare_secrets(made)
    made.add_argument(
        "--ca-file", metavar="F", help="authorities (PEM) that may sign for the server, instead of the system’s"
    )


def _declare_secrets(made: ArgumentParser) -> None:
    given = made.add_mutually_exclusive_group()
    given.add_argument("--secret-file", metavar="F", help="first line is the password; - for stdin")
    given.add_argument("--token-file", metavar="F", help="first line is a bearer token; - for stdin")
    given.add_argument(
        "--key-file", metavar="F", help="lines NAME = VALUE, or for s3 the key id and the key on a line each"
    )


def _name_place(made: ArgumentParser) -> None:
    made.add_argument("place", metavar="PLACE", help="its title, its id or the beginning of the id")


def _secret(call: Call, kind: str) -> dict[str, str]:
    args = call.args
    if args.secret_file:
        return {"password": read_secret(args.secret_file)}
    if args.token_file:
        return {"token": read_secret(args.token_file)}
    return _keys(_text_of(args.key_file), kind) if args.key_file else {}


def _keys(text: str, kind: str) -> dict[str, str]:
    """``NAME = VALUE`` as in the files that S3 services hand out, or the bare values in their usual order."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", "["))]
    # A bare key may end in "=", so a line is a pair only if a name stands before the first one.
    if kind == S3 and len(lines) in {2, 3} and not any(_is_pair(line) for line in lines):
        return dict(zip(_S3_KEYS, lines, strict=False))
    return {name.removeprefix("aws_") if kind == S3 else name: value for name, value in map(_pair, lines)}


def _is_pair(line: str) -> bool:
    return line.partition("=")[0].strip().removeprefix("aws_") in _S3_KEYS


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise UsageError("settings and keys are given as NAME=VALUE.")
    return name.strip(), value.strip()


def _text_of(named: str) -> str:
    try:
        with Path(named).expanduser().open(encoding="utf-8-sig") as source:
            return source.read(_LONGEST_FILE)
    except (OSError, ValueError):
        raise UsageError("the file with the keys or certificates cannot be read.") from None


def _chosen(call: Call, places: Places) -> Place:
    wanted: str = call.args.place
    found = [each for each in places.all() if each.title == wanted or each.id.startswith(wanted)]
    if len(found) > 1:
        raise UsageError("several places match; give the id.")
    return found[0] if found else places.place(wanted)


def _document(place: Place) -> dict[str, object]:
    settings = {name: value for name, value in place.settings.items() if name != CERTIFICATES}
    own = {CERTIFICATES: "given"} if CERTIFICATES in place.settings else {}
    return {"id": place.id, "kind": place.kind, "title": place.title, "settings": settings | own}


def _line(place: Place) -> str:
    where = place.settings.get("path") or place.settings.get("endpoint", "")
    return f"{place.id[:8]}  {place.kind}  {place.title}  {where}".rstrip()
