"""Words for the team file, for further and lost laptops, and for cards that come as a picture."""

from __future__ import annotations

_ASK_KEEPER = "Ask whoever keeps your team file for a new one. Nothing was taken in."

TEAM: dict[str, tuple[str, str]] = {
    "card.no_code": (
        "There is no card in this picture, or it is not sharp enough to be read.",
        "Take the picture again, straight and from near by, so that the square fills most of it.",
    ),
    "card.no_picture": ("This picture cannot be opened.", "Choose a PNG or JPEG picture of the card."),
    "escrow.cannot_read": ("The file could not be opened.", "Check that the drive is connected and try again."),
    "escrow.cannot_write": ("The file could not be written there.", "Choose a folder that you can write to."),
    "escrow.damaged": (
        "This recovery file is damaged, or it was changed.",
        "Ask for the file again: the laptop can hand it out as often as needed.",
    ),
    "escrow.file_exists": ("There is a file with that name already.", "Choose another name; nothing was written."),
    "escrow.key_is_sealed": (
        "This key file is itself sealed under a passphrase.",
        "Open it with the age program first, and give the file that it writes.",
    ),
    "escrow.newer": ("This recovery file was made by a newer Homevisit.", "Update Homevisit, then open it again."),
    "escrow.no_key": (
        "There is no recovery key in this file.",
        "Choose the file that “homevisit team escrow-key” made.",
    ),
    "escrow.none": (
        "Your organisation holds no key to this laptop.",
        "Only the passphrase or your own recovery code opens it.",
    ),
    "escrow.not_a_code": (
        "This file is not a recovery file of a laptop.",
        "Choose the file that was saved on the laptop’s unlock screen.",
    ),
    "escrow.not_tended": (
        "The recovery code for your organisation could not be brought up to date.",
        "Check that the disk is not full. It is tried again at the next unlocking.",
    ),
    "escrow.other_key": (
        "This recovery file is sealed for another key.",
        "Use the key that the team file named when the laptop was last unlocked.",
    ),
    "laptop.cannot_read": (
        "The file from your other laptop could not be opened.",
        "Check that the drive is connected and try again.",
    ),
    "laptop.cannot_write": ("The file could not be written there.", "Choose a folder that you can write to."),
    "laptop.file_exists": ("There is a file with that name already.", "Choose another name; nothing was written."),
    "package.revoked": (
        "This package was made by a laptop that is said to be lost, after it was lost.",
        "Ask its owner. If the laptop was found again, say so in Settings under My laptops; it is then taken in.",
    ),
    "team.cannot_read": ("The team file could not be opened.", "Check that the drive is connected and try again."),
    "team.cannot_write": ("The team file could not be written there.", "Choose a folder that you can write to."),
    "team.card": ("A card in this team file is not as its owner signed it.", _ASK_KEEPER),
    "team.expired": ("This team file ran out on {expires}.", _ASK_KEEPER),
    "team.file_exists": ("There is a file with that name already.", "Choose another name; nothing was written."),
    "team.keys_changed": (
        "This team file gives somebody other keys than those that were confirmed on this laptop.",
        "Do not open it. Ask that person, then whoever keeps your team file, which keys are right.",
    ),
    "team.malformed": ("This team file is not as it should be.", _ASK_KEEPER),
    "team.name_not_unique": (
        "Several people in the team file have this name.",
        "Give the id of the laptop instead; “homevisit team show” lists them.",
    ),
    "team.newer": (
        "This team file was made by a newer Homevisit.",
        "Update Homevisit, then open it again. Nothing was taken in.",
    ),
    "team.no_such_laptop": ("That laptop is not known here.", "Choose one of the laptops in the list."),
    "team.no_such_member": (
        "Nobody in the team file has this name.",
        "Look at the names with “homevisit team show”; a supervisor must be in it as one.",
    ),
    "team.not_a_member": (
        "You are not in this team file.",
        "Give your card to whoever keeps the team file, and open the next version. Nothing was taken in.",
    ),
    "team.not_a_team": (
        "This file is not a team file, or it was changed.",
        "Choose the team file that you were given.",
    ),
    "team.nothing_to_sign": (
        "This version of the team file is signed already.",
        "Change something first; each change makes the next version.",
    ),
    "team.older": (
        "This team file is older than the one on this laptop: version {version}, here is {here}.",
        "Nothing needs to be done; ask for the newest one if something is missing.",
    ),
    "team.other_key": (
        "This key is not the key of this team.",
        "Use the key file that was made together with the team file.",
    ),
    "team.other_team": (
        "This file belongs to another team than the one on this laptop.",
        "If you have changed teams, leave the old one in Settings first, then open this file.",
    ),
    "team.signature": (
        "The signature of this team file is wrong: it was changed after it was signed.",
        _ASK_KEEPER,
    ),
    "team.this_laptop": ("This is the laptop that you are using.", "Choose the one that was lost."),
    "team.too_large": ("This file is larger than a team file may be.", "Choose the team file that you were given."),
    "team.two_versions": (
        "There are two different team files with the number {version}.",
        "Tell whoever keeps the team file at once: somebody else may be using its key. Nothing was taken in.",
    ),
    "team.unsigned": (
        "This team file has not been signed yet.",
        "Whoever keeps it signs it with “homevisit team sign”; then open it again.",
    ),
    "team.words_differ": (
        "The six words are not those of this team file, so it was not taken in.",
        "Ask whoever keeps the team file to read their six words again, by a number that you knew before.",
    ),
    "words.malformed": ("This is not the file that is asked for, or it is damaged.", "Choose the right file."),
    "words.newer": ("This file was made by a newer Homevisit.", "Update Homevisit, then open it again."),
    "words.wrong": ("These words do not open the file.", "Compare them with the ones that were shown, then try again."),
}
