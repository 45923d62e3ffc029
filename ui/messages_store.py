"""Words for what happens to the store, its keys, backups and settings."""

from __future__ import annotations

STORE: dict[str, tuple[str, str]] = {
    "app.fault": (
        "Something went wrong inside Homevisit.",
        "What you wrote is kept. Close Homevisit and open it again.",
    ),
    "draft.slow": ("The disk is not answering.", "Wait a moment, then try again."),
    "recovery.file_exists": (
        "There is already a file with that name.",
        "Choose another name; nothing was overwritten.",
    ),
    "recovery.not_written": (
        "The recovery code could not be saved there.",
        "Choose another folder, or print the code or write it down.",
    ),
    "settings.not_saved": (
        "This choice works now but could not be kept for next time.",
        "Check that the disk is not full and that the folder can be written to.",
    ),
    "store.wrong_passphrase": (
        "That passphrase does not open this store.",
        "Check Caps Lock and the keyboard language, or use your recovery code.",
    ),
    "store.wait": ("There were several wrong tries.", "You can try again in {seconds} seconds."),
    "store.in_use": (
        "Homevisit is already open with this store.",
        "Use the window that is open, or close it and try again.",
    ),
    "store.newer": (
        "This store was written by a newer Homevisit (format {version}).",
        "Install the newer version here. Nothing in the store was changed.",
    ),
    "store.foreign": (
        "The file in this folder is not a Homevisit store.",
        "Nothing was changed. Choose another folder, or set the file aside.",
    ),
    "store.unreadable": (
        "The store in this folder is damaged or incomplete and cannot be read.",
        "Nothing was changed. Restore a backup, or set the store aside and start a new one.",
    ),
    "store.missing": (
        "There is no store in this folder.",
        "Check that the drive is connected, or choose another folder.",
    ),
    "store.exists": ("This folder already holds a store.", "Open it with its passphrase, or choose another folder."),
    "store.key_cost": (
        "The key file asks for more work than Homevisit allows, so it was not used.",
        "The file may have been changed. Restore a backup of the store.",
    ),
    "store.recovery_code_mistyped": (
        "That is not a complete recovery code: one of its characters is wrong or missing.",
        "Compare each group with your printed code and type it again.",
    ),
    "store.wrong_recovery_code": (
        "That recovery code does not open this store.",
        "Check that the printed code belongs to this laptop.",
    ),
    "store.read_only": (
        "The folder of the store cannot be written to.",
        "Ask whoever looks after this laptop to give you write access to the folder.",
    ),
    "store.disk_full": (
        "The disk is full, so nothing more can be saved.",
        "Free some space, then try again. What is already saved is safe.",
    ),
    "store.rolled_back": (
        "This store is older than the last time it was used here; later work may be missing.",
        "If you restored a backup, go on. If not, tell your supervisor before you record anything.",
    ),
    "store.guards_missing": (
        "The store lacks {triggers} of its safety guards and was not opened.",
        "Restore the latest backup.",
    ),
    "store.weak_passphrase": (
        "That passphrase is too easy to guess.",
        "Add words until it is strong, or take the suggestion.",
    ),
}
