"""Words for cards, packages and the places they travel by."""

from __future__ import annotations

from ui.messages_places import PLACES

_ASK_AGAIN = "Ask the sender to make the package again. Nothing was imported; the file is kept, still sealed."

EXCHANGE: dict[str, tuple[str, str]] = {
    **PLACES,
    "card.bad_signature": (
        "This card was changed after it was made, so it was not added.",
        "Ask the person for the card again, and compare the six words.",
    ),
    "card.keys_changed": (
        "This person’s card has other keys than the one you confirmed.",
        "Ask in person whether the laptop was replaced, and compare the six words before you go on.",
    ),
    "card.malformed": ("This file is not a Homevisit card.", "Choose the card file that the person gave you."),
    "card.cannot_read": ("The card file could not be opened.", "Check that the drive is connected and try again."),
    "sharing.already": (
        "This person looks after the family already.",
        "Choose somebody else, or end the sharing that stands.",
    ),
    "sharing.last_keeper": (
        "Nobody else looks after this family.",
        "Share it with a colleague first; then what you keep of it can end.",
    ),
    "sharing.lost": (
        "Every laptop of this person is said to be lost, so nothing is sealed for them.",
        "Add the card of their new laptop, or end what is shared with them.",
    ),
    "sharing.no_card": (
        "There is no confirmed card of this person.",
        "Add the person’s card first: nothing can be sealed for somebody without one.",
    ),
    "sharing.not_agreed": (
        "Nobody has agreed yet that this is sent to this person.",
        "Look at who gets what in Send & receive, and agree to it.",
    ),
    "sharing.not_shared": ("This person does not look after the family.", "Read again who looks after it."),
    "sharing.not_yours": (
        "You do not look after this family, so you cannot say who does.",
        "Ask somebody who looks after it, or their supervisor.",
    ),
    "sharing.nothing_to_agree": (
        "There is nothing that would go to this person.",
        "Read again who gets what in Send & receive.",
    ),
    "sharing.reason_needed": ("A reason is missing.", "Say in a few words why; it is signed with the sharing."),
    "card.cannot_write": ("Your card could not be written there.", "Choose a folder that you can write to."),
    "card.file_exists": ("There is already a file with that name.", "Choose another name or another folder."),
    "card.newer": ("This card was made by a newer Homevisit.", "Update Homevisit, then add the card."),
    "card.no_such_name": ("There is no card with that name.", "Check the name, or add the person’s card first."),
    "card.name_not_unique": ("More than one card has that name.", "Choose the person by title or device."),
    "card.own": ("This is your own card.", "Choose the file that the other person gave you."),
    "card.signature": (
        "This card was changed after it was made, so it was not added.",
        "Ask the person for the card again, and compare the six words.",
    ),
    "card.too_large": ("This file is too large to be a card.", "Choose the card file that the person gave you."),
    "card.unreadable": ("This file is not a Homevisit card.", "Choose the card file that the person gave you."),
    "package.body": ("The contents of this package are damaged.", _ASK_AGAIN),
    "package.bomb": ("This package would unpack to far more than it may, so it was refused.", _ASK_AGAIN),
    "package.cannot_read": (
        "The package file could not be opened.",
        "Check that the drive is connected and try again.",
    ),
    "package.chain": ("The entries in this package do not follow on from one another.", _ASK_AGAIN),
    "package.damaged": ("This package is damaged.", _ASK_AGAIN),
    "package.document": ("What this package carries cannot be read.", _ASK_AGAIN),
    "package.entry": ("An entry in this package is not as it should be.", _ASK_AGAIN),
    "package.entry_signature": ("An entry in this package was not signed by its author.", _ASK_AGAIN),
    "package.frame": ("This package is damaged inside.", _ASK_AGAIN),
    "package.header": ("The head of this package is not as it should be.", _ASK_AGAIN),
    "package.manifest": ("The description inside this package is not as it should be.", _ASK_AGAIN),
    "package.newer": (
        "This package was made by a newer Homevisit.",
        "Update Homevisit, then import it again. The file is kept.",
    ),
    "package.not_a_package": ("This file is not a Homevisit package.", "Choose a file whose name ends in .age."),
    "package.not_for_me": (
        "This package is sealed for somebody else.",
        "Give it to the person it is for, or ask the sender to send it to your card.",
    ),
    "package.process_stopped": ("Opening the package was interrupted.", "Import it again; nothing was imported."),
    "package.readdressed": ("This package was passed on by somebody it was not made for.", _ASK_AGAIN),
    "package.recipient": (
        "One of the recipients’ cards cannot be used for sealing.",
        "Ask that person for a new card.",
    ),
    "package.signature": ("The signature on this package is wrong.", _ASK_AGAIN),
    "package.too_large": ("This package is larger than Homevisit accepts.", "Ask the sender to send less at a time."),
    "package.text_too_long": ("A text in this package is longer than Homevisit accepts.", _ASK_AGAIN),
    "package.unknown": ("This package is not in the list any more.", "Go back and open it again."),
    "package.unknown_author": (
        "This package holds entries by somebody whose card you do not have.",
        "Add that person’s card, compare the six words, then import it again.",
    ),
    "package.unknown_sender": (
        "This package comes from somebody whose card you do not have.",
        "Add the sender’s card, compare the six words, then import it again.",
    ),
    "sending.no_recipient": ("No recipient is chosen.", "Choose at least one person; add their card first if needed."),
    "sending.not_theirs": (
        "Nothing that was not sent yet is for these people.",
        "Records go to your supervisor and to those who look after the family: share it with a colleague on its page.",
    ),
    "sending.nothing_new": ("There is nothing new for this recipient.", "Sign a visit, then send it."),
}
