"""What the worker does at a place, step by step, with an operator of OpenDAL."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from homevisit.errors import HomeVisitError
from homevisit.ids import PACKAGE_NAME, new_package_name
from homevisit.sync.transports import faults
from homevisit.sync.transports.patience import LARGE, Patience

if TYPE_CHECKING:
    from opendal import AsyncOperator
    from opendal.file import AsyncFile

PART: Final = ".part"
_DEAD_AFTER = timedelta(hours=24)
_TRIAL_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class Operators:
    """The same place with different patience."""

    small: AsyncOperator
    large: AsyncOperator
    listing: AsyncOperator


class Carrier:
    """One open place, with an operator for small packages, one for large ones and one for listings."""

    def __init__(self, operators: Operators, *, patience: Patience, has_token: bool) -> None:
        self._operators = operators
        self._patience = patience
        self._has_token = has_token
        self._renames = operators.small.capability().rename
        self._one_large = asyncio.Lock()

    async def put(self, name: str, data: bytes, *, is_new: bool) -> None:
        """Write once. ``is_new`` says that a listing did not have the name; otherwise the place is asked."""
        async with self._operator(len(data)) as operator:
            if not is_new and await self._is_done(operator, name, data):
                return
            await self._write(operator, name, data)
            if await self._read(operator, name, len(data) + 1) != data:
                await self._drop(operator, name)
                raise HomeVisitError("place.damaged")

    async def get(self, name: str, max_bytes: int) -> bytes:
        """The bytes of a package. Large ones come one after the other, so that memory holds one of them."""
        async with self._operator(0) as operator:
            found = await self._read(operator, name, min(LARGE, max_bytes) + 1)
        if found is not None and len(found) > LARGE:
            async with self._operator(max_bytes) as operator:
                found = await self._read(operator, name, max_bytes + 1)
        if found is None:
            raise HomeVisitError("place.gone")
        if len(found) > max_bytes:
            raise HomeVisitError("package.too_large", size=len(found))
        return found

    async def names(self) -> list[str]:
        """Packages by the place's listing; everything else in it is ignored."""
        with faults.Named(has_token=self._has_token):
            return sorted(path for path, _ in await self._listed() if PACKAGE_NAME.fullmatch(path))

    async def remove(self, name: str) -> None:
        """Take a package away."""
        async with self._operator(0) as operator:
            await operator.delete(name)

    async def check(self) -> None:
        """Write a trial file, read it back, and take it away with what was left unfinished a day ago."""
        trial, data = new_package_name() + PART, secrets.token_bytes(_TRIAL_BYTES)
        async with self._operator(0) as operator:
            await operator.write(trial, data)
            try:
                if await self._read(operator, trial, len(data) + 1) != data:
                    raise HomeVisitError("place.damaged")
                await self._tidy(trial)
            finally:
                await self._drop(operator, trial)

    async def _write(self, operator: AsyncOperator, name: str, data: bytes) -> None:
        """Under another name first, where the place can rename: no reader ever sees half a package."""
        if not self._renames:
            await operator.write(name, data)
            return
        part = name + PART
        try:
            await operator.write(part, data)
            # Of a small one nobody could see the half for long: it is read back at once, and taken away if it differs.
            if len(data) > LARGE and (await operator.stat(part)).content_length != len(data):
                raise HomeVisitError("place.damaged")
            await operator.rename(part, name)
        except Exception as fault:
            if not faults.is_gone(fault):  # renamed at an attempt whose answer got lost: reading it back decides
                await self._drop(operator, part)
                raise

    async def _is_done(self, operator: AsyncOperator, name: str, data: bytes) -> bool:
        """Whether the package is there; ``place.taken`` for another file. The beginning of ours is written again."""
        found = await self._read(operator, name, len(data) + 1)
        if found is not None and not data.startswith(found):
            raise HomeVisitError("place.taken")
        return found == data

    async def _read(self, operator: AsyncOperator, name: str, size: int) -> bytes | None:
        """At most ``size`` bytes, so that a place cannot fill the memory; ``None`` if there is no such file."""
        try:
            file = await operator.open(name, "rb")
            try:
                return await _first_bytes(file, size)
            finally:
                await file.close()
        except Exception as fault:
            if faults.is_gone(fault):
                return None
            raise

    async def _tidy(self, trial: str) -> None:
        """By the place's own clock, which the trial file tells: this device's may be wrong by years."""
        times = {path: changed for path, changed in await self._listed() if changed and path.endswith(PART)}
        if (now := times.get(trial)) is not None:
            for name, changed in times.items():
                if now - changed > _DEAD_AFTER:
                    await self._drop(self._operators.small, name)

    async def _listed(self) -> list[tuple[str, datetime | None]]:
        """What may be ours in the listing. A crowded place takes longer to say what it has than to do anything else."""
        async with asyncio.timeout(self._patience.listing):
            return [
                (entry.path, entry.metadata.last_modified)
                async for entry in await self._operators.listing.list("")
                if PACKAGE_NAME.fullmatch(entry.path.removesuffix(PART))
            ]

    async def _drop(self, operator: AsyncOperator, name: str) -> None:
        """Tidying up is not worth a refusal: some places let nobody remove anything."""
        with suppress(Exception):
            await operator.delete(name)

    @asynccontextmanager
    async def _operator(self, size: int) -> AsyncIterator[AsyncOperator]:
        """With the patience that this size needs; of large ones there is one at a time."""
        turn: AbstractAsyncContextManager[object] = nullcontext()
        if size > LARGE:
            turn = self._one_large
        async with turn, asyncio.timeout(self._patience.whole_of(size)):
            with faults.Named(has_token=self._has_token):
                yield self._operators.large if size > LARGE else self._operators.small


async def _first_bytes(file: AsyncFile, size: int) -> bytes:
    pieces: list[bytes] = []
    while size > 0 and (piece := await file.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
