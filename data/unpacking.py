"""Compressed and transcoded files as plain ones."""

import gzip
import shutil
import zlib
from pathlib import Path
from typing import IO

import pyarrow as pa

from data.errors import LogUnreadableError
from data.sentences import Sentence

_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def plain_copy(path: Path, name: str, spool: Path) -> Path:
    """The file itself, or its unpacked or transcoded copy in the spool, known by its first bytes alone.

    Raises LogUnreadableError where its compression is damaged.
    """
    plain = spool / "plain"
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(_GZIP):
        return _gunzipped(path, name, plain)
    if start == _ZSTD:
        return _unzstd(path, name, plain)
    if start[:2] in _UTF16:
        return _transcoded(path, plain, _UTF16[start[:2]])
    return path


def _gunzipped(path: Path, name: str, plain: Path) -> Path:
    try:
        with gzip.open(path, "rb") as packed, plain.open("wb") as file:
            shutil.copyfileobj(packed, file, _CHUNK)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _damaged(name, ".gz") from error
    return plain


def _unzstd(path: Path, name: str, plain: Path) -> Path:
    try:
        with pa.CompressedInputStream(pa.OSFile(str(path)), "zstd") as packed, plain.open("wb") as file:
            shutil.copyfileobj(packed, file, _CHUNK)
    except OSError as error:
        if error.errno is not None:  # The disk's own trouble, not the stream's.
            raise
        raise _damaged(name, ".zst") from error
    return plain


def _transcoded(path: Path, plain: Path, encoding: str) -> Path:
    with path.open(encoding=encoding, errors="replace", newline="") as file, plain.open("wb") as copy:
        _copy_text(file, copy)
    return plain


def _copy_text(file: IO[str], copy: IO[bytes]) -> None:
    while chunk := file.read(_CHUNK):
        copy.write(chunk.replace("\ufeff", "").encode())


def _damaged(name: str, packing: str) -> LogUnreadableError:
    return LogUnreadableError(
        Sentence(
            "{name} is a damaged {packing} file: its compressed data ends early or is wrong; copy it again.",
            name=name,
            packing=packing,
        )
    )
