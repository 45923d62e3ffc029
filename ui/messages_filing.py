"""Words for filing visits elsewhere: why a server did not take one, why one stays here, and what to do next."""

from __future__ import annotations

_LATER = "Nothing is lost: what was not filed is sent the next time."
_ASK_SERVER = "Ask whoever runs the server. Nothing is lost: the visit is sent again the next time."

FILING: dict[str, tuple[str, str]] = {
    "filing.address": (
        "This is not the address of a FHIR server.",
        "Give the base address, such as https://fhir.example.org/r4, without a name, a password or a question mark.",
    ),
    "filing.busy": ("The server has too much to do just now.", _LATER),
    "filing.ca_file": (
        "The file with the certificate authorities could not be read.",
        "Choose a file in PEM format, or leave the field empty to trust what this computer trusts.",
    ),
    "filing.cancelled": ("Filing was stopped.", _LATER),
    "filing.cannot_write": ("The files could not be written there.", "Choose a folder that you can write to."),
    "filing.certificate": (
        "The server could not prove who it is: its certificate is not one that this computer trusts.",
        "Nothing was sent. Ask whoever runs the server for the certificate of its authority.",
    ),
    "filing.changed_there": (
        "The server refuses to replace its version of a record.",
        "Somebody may have changed it there. " + _ASK_SERVER,
    ),
    "filing.conflict": ("The server says that a record is in conflict with another one there.", _ASK_SERVER),
    "filing.denied": (
        "The server does not let you in.",
        "Nothing was filed. Ask for a new token or secret, set it up, then file again.",
    ),
    "filing.erased": ("What was written was erased by law, so there is nothing to file.", "Nothing is to be done."),
    "filing.file_exists": ("There is already a file with that name.", "Choose an empty folder."),
    "filing.insecure": (
        "Over http everybody on the way could read the visits, so nothing was sent.",
        "Give an address that begins with https.",
    ),
    "filing.interrupted": (
        "Homevisit ended while the visit was being sent.",
        "File again: the same records are sent, and nothing is there twice.",
    ),
    "filing.never_left": (
        "This visit was entered in error before it was filed there, so nothing of it leaves.",
        "Nothing is to be done.",
    ),
    "filing.no_answer": (
        "The visit was sent, and the server gave no answer.",
        "File again later: the same records are sent, and nothing is there twice.",
    ),
    "filing.no_patient": (
        "There is nobody whose record this visit could be filed in.",
        "Add the child to the family, or the mother for a contact before the birth, then file again.",
    ),
    "filing.not_fhir": (
        "There is an answer at this address, but it is not from a FHIR R4 server.",
        "Check the address; it often ends in /fhir or /r4.",
    ),
    "filing.not_found": ("There is no FHIR server at this address.", "Check the address; nothing was filed."),
    "filing.not_genuine": (
        "This visit is not what was signed, so it is not filed.",
        "Run “homevisit check” and restore the latest backup.",
    ),
    "filing.not_understood": (
        "The server answered in a way that does not say what it kept.",
        "File again later: the same records are sent, and nothing is there twice.",
    ),
    "filing.of_another": ("Only who signed a visit files it.", "Ask its author to file it."),
    "filing.redirected": (
        "The server points to another address.",
        "Nothing was sent there. Ask whoever runs the server for the right address, and set that up.",
    ),
    "filing.refused": ("The server did not take all records of the visit.", _ASK_SERVER),
    "filing.secret_missing": (
        "There is no usable token or secret for this server.",
        "Set the server up again with its token or secret.",
    ),
    "filing.server_failed": ("Something went wrong inside the server.", _LATER),
    "filing.token_refused": (
        "The address for tokens gave none.",
        "Check the client id, the secret and the address for tokens, then file again.",
    ),
    "filing.too_large": ("The visit is larger than the server allows.", _ASK_SERVER),
    "filing.unknown_server": (
        "No server with this address is set up.",
        "Run “homevisit fhir list”.",
    ),
    "filing.unreachable": ("The server could not be reached.", "Check the network and the address. " + _LATER),
    "filing.unsettled": (
        "Two versions of this visit stand side by side, so neither is filed.",
        "Open the visit and settle which one holds.",
    ),
}
