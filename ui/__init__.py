"""The window. Nothing below this folder is seen by ``homevisit``, except where the program starts."""

from __future__ import annotations

from ui.lasting_none import keep_none

keep_none()  # before the first Qt call of any program or test, wherever it enters
