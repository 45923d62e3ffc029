"""Ways a sealed package travels: each offers ``put_new``, ``list_packages`` and ``get``."""
