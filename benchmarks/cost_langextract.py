"""The peer langextract on articles, with its defaults: run by cost.py in its own environment. Prints one JSON line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import langextract as lx

PROMPT = (
    "Extract every factual claim of the news article, in order of appearance: figures, events, and who said what. "
    "Use exact words of the text for each extraction, do not paraphrase, and do not overlap. Give as attributes its "
    "subject, its predicate, the speaker if the text names one, the number and the date if there are any."
)
TEXT = (
    "At least 40 loaves were sold on Friday, the baker Anna Weld said. She denied that the shop would close. "
    "The market opened in 1990."
)


def claim(words: str, **attributes: str) -> lx.data.Extraction:
    return lx.data.Extraction(extraction_class="claim", extraction_text=words, attributes=attributes)


EXAMPLE = lx.data.ExampleData(
    text=TEXT,
    extractions=[
        claim(
            "At least 40 loaves were sold on Friday",
            subject="loaves", predicate="sold", speaker="Anna Weld", number="At least 40", date="Friday",
        ),
        claim("denied that the shop would close", subject="the shop", predicate="will close", speaker="Anna Weld"),
        claim("The market opened in 1990", subject="the market", predicate="opened", date="1990"),
    ],
)  # fmt: skip


def main(model: str, url: str, key: str, paths: list[str]) -> None:
    aligned = found = 0
    for path in paths:
        result = lx.extract(
            text_or_documents=Path(path).read_text(encoding="utf-8"),
            prompt_description=PROMPT,
            examples=[EXAMPLE],
            config=lx.factory.ModelConfig(
                model_id=model,
                provider="OpenAILanguageModel",
                provider_kwargs={
                    "base_url": url,
                    "api_key": key,
                    "max_workers": 1,
                    "temperature": 0.0,
                    "format_type": lx.data.FormatType.JSON,
                },
            ),
            max_workers=1,
            fence_output=False,
            use_schema_constraints=False,
            show_progress=False,
            resolver_params={"suppress_parse_errors": True},  # else one answer that is no JSON ends the whole run
        )
        extractions = result.extractions or []
        found += len(extractions)
        aligned += sum(item.char_interval is not None for item in extractions)
    sys.stdout.write(json.dumps({"aligned": aligned, "found": found}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
