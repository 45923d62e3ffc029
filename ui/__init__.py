"""The window. Nothing below this folder is seen by ``homevisit``, except where the program starts."""
