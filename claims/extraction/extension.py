"""Attributes of the user's own: a small TOML file declares them, a model fills them in, typed, for each claim.

    [sector]
    description = "The branch of trade that the claim is about"
    values = ["baking", "fishing", "transport"]

    [doubtful]
    description = "Whether the article itself casts doubt on the claim"
    type = "boolean"

`type` is string, number, integer or boolean; with `values` the attribute is one of them. Each may be null.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from claims.errors import SettingsError

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_TYPES: dict[str, Any] = {"string": str, "number": float, "integer": int, "boolean": bool}


class _Attribute(BaseModel):
    model_config = ConfigDict(extra="forbid")

    description: str = Field(min_length=1, max_length=300)
    type: Literal["string", "number", "integer", "boolean"] = "string"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """Declared attributes: the type that holds them, the lines that tell a model of them, and a hash of it all."""

    type: type[BaseModel]
    instructions: str
    digest: str


@cache
def load(path: Path) -> Extension:
    """The extension that a file declares. Raises SettingsError that names the attribute at fault."""
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as a schema extension: {error}; correct it") from error
    if not declared:
        raise SettingsError(f"{path} declares no attribute; add a table such as [sector] with a description")
    fields: dict[str, Any] = {}
    lines = []
    for name, values in declared.items():
        if not _NAME.match(name):
            raise SettingsError(f"{path}: {name!r} is no name for an attribute; use small letters, digits and _")
        try:
            attribute = _Attribute.model_validate(values)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in (name, *first["loc"]))
            raise SettingsError(f"{path}: {where}: {first['msg']}") from None
        kind: Any = Literal[attribute.values] if attribute.values else _TYPES[attribute.type]
        fields[name] = (kind | None, Field(description=attribute.description))
        choice = f" One of: {', '.join(attribute.values)}." if attribute.values else ""
        lines.append(f"- {name}: {attribute.description.rstrip('.')}.{choice} null if the text does not say.")
    made = create_model("Attributes", __config__=ConfigDict(extra="forbid", frozen=True), **fields)
    instructions = "\nEach fact also has attributes:\n" + "\n".join(lines)
    return Extension(made, instructions, hashlib.sha256(instructions.encode()).hexdigest()[:16])
