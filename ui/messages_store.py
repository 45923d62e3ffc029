"""Words for what happens to the store, its keys, backups and settings."""

from __future__ import annotations

STORE: dict[str, tuple[str, str]] = {
    "app.fault": (
        "Something went wrong inside Homevisit.",
        "What you wrote is kept. Close Homevisit and open it again.",
    ),
    "backup.not_verified": (
        "The backup could not be opened again for checking, so it was not kept.",
        "Check the disk, then make a backup once more.",
    ),
    "backup.unreadable": ("This backup cannot be read.", "Choose another backup; your store was not changed."),
    "draft.slow": ("The disk is not answering.", "Wait a moment, then try again."),
    "recovery.file_exists": (
        "There is already a file with that name.",
        "Choose another name; nothing was overwritten.",
    ),
    "recovery.not_kept": (
        "It was never confirmed that you have the recovery code of this store.",
        "Without it a forgotten passphrase means that everything here is lost. Make a new one in Settings.",
    ),
    "recovery.not_written": (
        "The recovery code could not be saved there.",
        "Choose another folder, or print the code or write it down.",
    ),
    "settings.not_saved": (
        "This choice works now but could not be kept for next time.",
        "Check that the disk is not full and that the folder can be written to.",
    ),
    "store.chain_broken": (
        "The history of this store has been changed from outside.",
        "Do not record anything; tell whoever looks after Homevisit, and keep the store.",
    ),
    "store.chain_gap": (
        "Entries are missing from the history of this store.",
        "If you restored a backup, go on; if not, keep the store and tell whoever looks after Homevisit.",
    ),
    "store.fork": (
        "This store has been used in two places at once; both histories are kept.",
        "Use only one copy from now on, and tell your supervisor.",
    ),
    "store.head_damaged": (
        "The note of where your store stood last time cannot be read.",
        "Check the store in Settings; nothing in the store was changed.",
    ),
    "store.head_differs": (
        "The store does not end where it ended last time.",
        "If you restored a backup, go on. If not, tell your supervisor before you record anything.",
    ),
    "store.head_missing": (
        "The note of where your store stood last time is missing.",
        "A new one is written now. If you did not delete it yourself, tell whoever looks after Homevisit.",
    ),
    "store.io": ("The disk could not be read or written.", "Check the disk and try again; nothing saved was lost."),
    "store.keys_changed": (
        "The key file differs from its copy.",
        "Unlock once more; if this returns, tell whoever looks after Homevisit.",
    ),
    "store.keys_older": (
        "The key file is older than the store.",
        "An earlier passphrase may still open it. Change the passphrase now.",
    ),
    "store.keys_repaired": ("The key file was damaged and was restored from its copy.", "Make a backup now."),
    "store.models_differ": ("What is shown differs from the signed history.", "Rebuild the views; nothing is lost."),
    "store.pages_damaged": (
        "Parts of the store are damaged on the disk.",
        "Make a backup, then restore the latest good one.",
    ),
    "store.search_differs": ("The search index is not complete.", "Rebuild the views; nothing is lost."),
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
    "store.gone": (
        "The folder of the store was moved or removed while it was open, so nothing more can be saved.",
        "Keep this window open, put the folder back or connect the drive again, and copy out what you typed last.",
    ),
    "store.locked": ("Homevisit was locked meanwhile.", "Unlock it, then try again; nothing was lost."),
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
