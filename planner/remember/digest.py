"""One hash for records, arrays and plain values: equal content, equal hash, on any machine."""

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from typing import Protocol

import numpy as np
from pydantic import BaseModel

_KEPT = 64


class _Hash(Protocol):
    def update(self, data: bytes, /) -> object:
        """Take bytes in."""


class Digester:
    """Hashes values; long tuples of a mission are hashed once as long as they are the same object.

    Scenarios of a sweep share the stations of their base mission, ten thousand records that need
    not be read again for every stage of every point.
    """

    def __init__(self) -> None:
        # The object is kept with its hash, so that its identity is not given to another one.
        self._known: OrderedDict[int, tuple[object, bytes]] = OrderedDict()

    def __call__(self, *parts: object) -> str:
        """Return the hash of ``parts``, 32 hexadecimal digits.

        Raises
        ------
        TypeError
            For a value that has no canonical form here.
        """
        digest = hashlib.blake2b(digest_size=16)
        for part in parts:
            self._feed(digest, part)
        return digest.hexdigest()

    def shared(self, records: tuple[object, ...]) -> bytes:
        """Return the hash of a tuple of records that is asked for again and again."""
        found = self._known.get(id(records))
        if found is None or found[0] is not records:
            digest = hashlib.blake2b(digest_size=16)
            self._feed(digest, records)
            found = (records, digest.digest())
            self._known[id(records)] = found
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return found[1]

    def _feed(self, digest: _Hash, part: object) -> None:
        if isinstance(part, BaseModel):
            digest.update(b"M" + type(part).__name__.encode() + part.model_dump_json().encode())
        elif isinstance(part, np.ndarray):
            digest.update(f"A{part.dtype.str}{part.shape}".encode())
            digest.update(np.ascontiguousarray(part).tobytes())
        elif isinstance(part, bytes):
            digest.update(b"B%d:" % len(part) + part)
        elif isinstance(part, str):
            encoded = part.encode()
            digest.update(b"S%d:" % len(encoded) + encoded)
        elif part is None or isinstance(part, bool | int | float):
            digest.update(f"N{part!r};".encode())
        elif isinstance(part, Mapping):
            self._feed(digest, sorted(part.items()))
        elif isinstance(part, list | tuple):
            digest.update(b"L%d:" % len(part))
            for one in part:
                self._feed(digest, one)
        else:
            msg = f"Expected records, arrays or plain values, got {type(part).__name__}."
            raise TypeError(msg)
