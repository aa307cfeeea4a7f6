"""Makes the pictures of the README, docs/report.png and docs/terminal.png, from the seed articles.

    python docs/pictures.py            needs Chromium and the dependency group `browser`

They show what the program prints and writes, with the built-in extractor: nothing is drawn by hand.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
THEME = TerminalTheme(
    (22, 24, 29),
    (230, 230, 230),
    [
        (40, 44, 52),
        (255, 125, 115),
        (120, 210, 140),
        (240, 190, 90),
        (125, 175, 250),
        (215, 150, 235),
        (100, 205, 215),
        (230, 230, 230),
    ],
)
SHELL = """<style>body{{margin:0;background:#16181d;color:#e6e6e6;display:inline-block;padding:20px 24px}}
pre{{margin:0;font:15px/1.45 "DejaVu Sans Mono",Menlo,Consolas,monospace}}</style><pre>{prompt}{output}</pre>"""


def claims(*arguments: str, folder: Path) -> str:
    """Standard output of the program, in colour, 80 columns wide."""
    variables = {**os.environ, "COLUMNS": "80", "FORCE_COLOR": "1", "CLAIMS_DB": str(folder / "demo.duckdb")}
    for name in ("CLAIMS_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL", "NO_COLOR"):
        variables.pop(name, None)
    variables["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        [sys.executable, "-m", "claims", *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=variables,
    )
    return done.stdout


def terminal(browser: Browser, output: str, command: str) -> None:
    """The output as it stands in a terminal."""
    console = Console(record=True, width=80, file=open(os.devnull, "w", encoding="utf-8"), legacy_windows=False)  # noqa: SIM115
    console.print(Text.from_ansi(output))
    body = console.export_html(theme=THEME, inline_styles=True, code_format="{code}").rstrip()
    page = browser.new_page(viewport={"width": 1000, "height": 700}, device_scale_factor=2)
    page.set_content(SHELL.format(prompt=escape(f"$ {command}") + "\n\n", output=body))
    page.locator("body").screenshot(path=str(DOCS / "terminal.png"))
    page.close()


def report(browser: Browser, path: Path) -> None:
    """The first screen of the report."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000}, device_scale_factor=1.5)
    page.goto(path.as_uri())
    page.screenshot(path=str(DOCS / "report.png"))
    page.close()


def main() -> None:
    """Make both pictures."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        output = claims("run", "seeds", folder=folder)
        claims("report", "-o", str(folder / "report.html"), folder=folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        terminal(browser, output, "claims run seeds")
        report(browser, folder / "report.html")
        browser.close()


if __name__ == "__main__":
    main()
