"""FHIRPath for prompt sets: checked when a set is loaded, run natively where that is proven equal, else by the
reference engine. ``compiling`` is the door; nobody outside imports another module of this package.
"""
