"""Promises about the code itself."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def sources() -> list[Path]:
    return [
        path
        for folder in ("claims", "prompts")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file() and path.suffix in (".py", ".sql", ".md", ".txt", ".yaml", ".yml", ".toml", ".json", ".jinja")
    ]


def seed_words() -> set[str]:
    """Names of the seeds: words that they write with a capital letter only, in the middle of a sentence."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
    lower = set(re.findall(r"\b[a-z]{4,}\b", text))
    inner = {word for word in re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b", text) if word.lower() not in lower}
    return inner - PLAIN


# Capitalised in the seeds, and part of general English: offices, days, months, and the countries of any atlas.
PLAIN = set(
    """
    Affairs Agency Arab Army Assembly Border Center Chief Command Commander Commission Community Cooperation Council
    Constitution Defence Deputy Elections East Federation Force Forces Foreign General Government Head Health High
    Independent Initial Institute International Islamic Leader League Listen Lieutenant Major Media Member Middle
    Military Minister Ministry Monday Nations National News Official Officials Operation Organization Parliament Party
    People Photo President Presidents Press Prime Project Project Read Region Regional Representatives Republic Results
    Saturday Secretary Security September October Sept Service Short Sources Staff State States Sunday Supreme Talks
    Thursday Treaty Tuesday Twitter Union United University Wednesday Army Armed Russia Russian Turkey Turkish Iran
    Iranian Iraq Iraqi Moscow Northern North South Western Company Islam Kazakh Syrian Syria Azerbaijan Collapse
    Condemn Paper Picture Drives Furious Wait Order Move Disputed Regions Result Invasion Uses Boost With After Vote
    Afghanistan Myanmar Invitation Standards Discussion Independence Referendum Iraqis Speaking Daily
    """.split()
)


def test_no_seed_word_in_the_code() -> None:
    words = seed_words()
    assert {"Kirkuk", "Erdogan", "Peshmerga", "Bagheri"} <= words
    pattern = re.compile(r"\b(" + "|".join(sorted(words)) + r")\b")
    found = {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sources()
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_the_events_of_the_seeds_in_any_case() -> None:
    pattern = re.compile(
        r"kirkuk|kurd|peshmerga|abadi|baqeri|bagheri|ghan[e]?mi|referendum on independence|rouhani", re.I
    )
    assert [str(p) for p in sources() if pattern.search(p.read_text(encoding="utf-8"))] == []


def test_no_host_of_a_package_registry_in_any_file() -> None:
    names = re.compile("pypi" + r"\.org|python" + "hosted|registry" + r"\.npm|files\.python")
    for path in ROOT.rglob("*"):
        if (
            path.is_file()
            and not {".venv", ".git"} & set(path.parts)
            and path.suffix in (".txt", ".toml", ".md", ".py", ".cfg", "", ".lock")
        ):
            assert not names.search(path.read_text(encoding="utf-8", errors="replace")), path
