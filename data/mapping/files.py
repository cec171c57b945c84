"""Mappings as small TOML files."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from data.errors import LogRefusedError, LogUnreadableError
from data.mapping.mapping import LogMapping, mapping_from

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def read_mapping(path: Path) -> LogMapping:
    """The mapping in a file; it is called like the file unless it has a name.

    Raises LogUnreadableError where there is no such file, and LogRefusedError where it is no mapping.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LogUnreadableError(f"{path} cannot be read; name a mapping file, as docs/mapping.md has it.") from error
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise LogRefusedError(f"{path.name} is no TOML ({error}); write it as docs/mapping.md has it.") from error
    return mapping_from({"name": path.stem} | told, path.name)


def mapping_text(mapping: LogMapping) -> str:
    """The mapping as the text of a file that read_mapping reads."""
    told = mapping.as_dict()
    tables = {key: value for key, value in told.items() if isinstance(value, Mapping)}
    lines = [f"{key} = {_quoted(str(value))}" for key, value in told.items() if key not in tables]
    for key, table in tables.items():
        lines += [
            "",
            f"[{key}]",
            *(f"{_quoted(name, is_key=True)} = {_quoted(value)}" for name, value in table.items()),
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str, *, is_key: bool = False) -> str:
    if is_key and _BARE_KEY.fullmatch(text):
        return text
    # JSON's quoting is TOML's, but for one character.
    sound = text.encode("utf-8", "replace").decode()
    return json.dumps(sound, ensure_ascii=False).replace("\x7f", "\\u007f")
