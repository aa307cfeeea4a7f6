"""The only locator of the files that ship with the package: prompts, schemas, SQL, tables.

In a checkout `prompts/` and `schemas/` stand beside the package; a wheel carries them as `claims/_data/`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from claims.errors import ResourceError

_PACKAGE = Path(__file__).resolve().parent


@cache
def _folder(name: str) -> Path:
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise ResourceError(f"the installation lacks its {name}/ folder; reinstall the package")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ResourceError(f"the installation lacks {path.name}: {error.strerror}; reinstall the package") from error


def prompt(name: str) -> str:
    """The text of `prompts/<name>`."""
    return _read(_folder("prompts") / name)


def schema(name: str) -> str:
    """The text of `schemas/<name>`."""
    return _read(_folder("schemas") / name)


def table(name: str) -> str:
    """The text of `claims/<name>`, a table that code looks things up in."""
    return _read(_PACKAGE / name)


def sql(name: str) -> str:
    """The text of `claims/sql/<name>`."""
    return _read(_PACKAGE / "sql" / name)


def sql_names() -> list[str]:
    """The file names of `claims/sql`, sorted."""
    return sorted(path.name for path in (_PACKAGE / "sql").glob("*.sql"))


def sources(package: str) -> list[tuple[str, bytes]]:
    """(relative name, content) of the code and tables of `claims/<package>`, sorted: what results depend on."""
    root = _PACKAGE / package
    inside = [path for path in root.rglob("*") if path.suffix in (".py", ".json", ".tsv")]
    files = sorted(inside) if root.is_dir() else [root.with_suffix(".py")]
    return [(path.relative_to(_PACKAGE).as_posix(), path.read_bytes()) for path in files if path.is_file()]
