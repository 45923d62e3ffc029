"""Words for packs of prompt sets: why one was refused, and what to do next."""

from __future__ import annotations

_ASK_AGAIN = "Nothing was installed and the file is where it was. Ask the organisation for the pack again."
_ASK_MAKER = (
    "Nothing was installed and the file is where it was. Ask whoever made the pack for one that Homevisit can use."
)

PACKS: dict[str, tuple[str, str]] = {
    "pack.cannot_read": ("The file could not be opened.", "Check that the drive is connected and try again."),
    "pack.cannot_write": ("The pack could not be written there.", "Choose a folder that you can write to."),
    "pack.card": ("The card inside this pack is not as it should be ({why}).", _ASK_AGAIN),
    "pack.changed": ("Prompt set {set} in this pack was changed after the pack was signed.", _ASK_AGAIN),
    "pack.damaged": ("An installed pack of prompt sets is not what was signed.", "Restore the latest backup."),
    "pack.file_exists": ("There is already a file with that name.", "Choose another name or another folder."),
    "pack.licence_of_nothing": (
        "A licence was given for a prompt set that is not in the pack.",
        "Name the set as its address ends, for example https://example.org/Questionnaire/sleep-diary is “sleep-diary”.",
    ),
    "pack.malformed": (
        "The description of this pack is not as it should be ({why}).",
        "A pack needs a name, a version of letters, digits and . _ + -, an organisation, and for each set a web "
        "address that ends in a plain name, a version, a title and a licence.",
    ),
    "pack.name_taken": (
        "Prompt set {set} in this pack is called like another one that is here from another address.",
        _ASK_MAKER,
    ),
    "pack.unreadable": (
        "The installed packs of prompt sets cannot be read. Everything else can.",
        "Run “homevisit check”; if it names damage, restore the latest backup.",
    ),
    "pack.newer": ("This pack was made for a newer Homevisit.", "Update Homevisit, then install it. The file is kept."),
    "pack.not_a_pack": ("This file is not a pack of prompt sets.", "Choose a file whose name ends in .homevisit-pack."),
    "pack.other_content": (
        "Prompt set {set} in this pack has the address and version of one that is here, but other contents.",
        "Nothing was installed; the file is where it was. Ask for a pack in which the changed set has a new version.",
    ),
    "pack.set_differs": (
        "Prompt set {set} in this pack has another address, version or title than the pack says.",
        _ASK_AGAIN,
    ),
    "pack.set_refused": (
        "Prompt set {set} in this pack uses something that would not work here ({fault}).",
        _ASK_MAKER,
    ),
    "pack.set_unreadable": ("Prompt set {set} in this pack cannot be read.", _ASK_MAKER),
    "pack.shipped": (
        "Prompt set {set} in this pack has an address of Homevisit’s own prompt sets.",
        "Nothing was installed and the file is where it was. Ask whoever made the pack to use an address of their own.",
    ),
    "pack.signature": ("The signature on this pack is wrong.", _ASK_AGAIN),
    "pack.too_large": (
        "This pack is larger than Homevisit accepts.",
        "A pack may be 8 MB and each set in it 2 MB. Ask for the sets in several packs.",
    ),
    "pack.unknown": ("This pack is not installed any more.", "Go back and open the library again."),
    "pack.unknown_signer": (
        "This pack is signed by somebody whose card you do not have.",
        "Compare the six words with the person who signed it, then install it.",
    ),
    "prompts.cannot_write": (
        "The prompt sets could not be written there.",
        "Choose an empty folder that you can write to.",
    ),
    "prompts.unknown": ("There is no prompt set with that name.", "Look for its name with “homevisit prompts list”."),
}
