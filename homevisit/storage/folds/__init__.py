"""Read models as pure folds: the rows of a record are a function of its visible entries, and of nothing else."""

from __future__ import annotations
