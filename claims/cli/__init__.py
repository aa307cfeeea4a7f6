"""The command line: parse, call, print. Heavy imports wait until a command needs them."""

from __future__ import annotations


def main() -> None:
    """Entry point of `claims` and of `python -m claims`."""
    from claims.cli.app import app

    app()


__all__ = ["main"]
