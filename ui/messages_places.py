"""What places answer, in words: a drive that is gone, a server that refuses, a key that has run out."""

from __future__ import annotations

_LOOKS_AFTER = "ask whoever looks after this place"

PLACES: dict[str, tuple[str, str]] = {
    "place.certificate": (
        "The server cannot prove that it is the right one: its certificate is not trusted here.",
        "Do not send there for now. Ask your IT team for the certificate file of this server.",
    ),
    "place.clock": (
        "The place refuses because this device’s clock is wrong.",
        "Set the date and time of this device, then try again.",
    ),
    "place.closed": ("This was stopped before it was done.", "Nothing is lost; it goes on the next time."),
    "place.configuration": (
        "This kind of place cannot be opened with these settings.",
        "Compare them with what you were given, then add the place again.",
    ),
    "place.damaged": ("A file did not arrive there as it was sent.", "Send it again, or use another place."),
    "place.denied": ("You are not allowed to do this at that place.", f"To go on, {_LOOKS_AFTER} for access to it."),
    "place.expired": (
        "The key to this place has run out or was withdrawn.",
        f"For a new key, {_LOOKS_AFTER}; then give it to Homevisit under Places.",
    ),
    "place.failed": (
        "Reading or writing there did not work.",
        "Check the drive or the network, then try again.",
    ),
    "place.full": ("There is no space left there.", "Free some space or use another place, then send again."),
    "place.gone": (
        "That package is not there any more.",
        "Nothing is to be done: ask its sender if you miss something.",
    ),
    "place.insecure": (
        "The address begins with http, so a password would travel where others can read it.",
        "Use the address that begins with https.",
    ),
    "place.kind": (
        "Homevisit cannot send to places of that kind.",
        "Use a folder, WebDAV, or a bucket that speaks S3. IT staff can name the others with “homevisit place add”.",
    ),
    "place.known": ("This place is in the list already.", "Use the one in the list, or remove it first."),
    "place.missing": (
        "That place is not there now.",
        "Connect the drive or the network folder, or check the address, then try again.",
    ),
    "place.name": ("That file does not have the name of a package.", "Choose a file whose name ends in .age."),
    "place.of_team": (
        "This place comes with your team’s file.",
        "Ask whoever looks after the team file to change it there.",
    ),
    "place.read_only": ("Nothing can be written there.", "Choose another folder, or take off the write protection."),
    "place.settings": (
        "A setting of this place is missing or not as it should be ({name}).",
        "Compare it with what you were given, then try again.",
    ),
    "place.slow": (
        "The place takes too long to answer.",
        "Homevisit tries again by itself; on a better line it may work at once.",
    ),
    "place.taken": ("There is already a file with that name.", "Send again: the package gets a new name."),
    "place.too_large": (
        "The place does not take files as large as this one.",
        f"To go on, {_LOOKS_AFTER} to allow 64 MB, or use another place.",
    ),
    "place.unknown": ("This place is not in the list any more.", "Choose another place, or add it again."),
    "place.unreachable": (
        "The place cannot be reached from here.",
        "Check the network connection; Homevisit tries again by itself.",
    ),
    "place.unreadable": ("That folder cannot be read or written.", "Choose another folder, or ask for access to it."),
    "place.wrong_credentials": (
        "The place does not accept this name and password or key.",
        "Check them with whoever gave them to you, then give the right ones under Places.",
    ),
}
