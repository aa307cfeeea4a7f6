"""The peer langextract on articles, with its defaults: run by cost.py in its own environment.

Prints a JSON line for each article as it ends.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import langextract as lx

MOST = 2048  # tokens of an answer: a small model that loses its way would write on until its memory is full
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


def model_of(name: str, url: str, key: str, schema: bool) -> lx.core.base_model.BaseLanguageModel:
    """Its OpenAI provider. `schema`: as is its default, with a JSON schema made of the example, else JSON alone."""
    config = lx.factory.ModelConfig(
        model_id=name,
        provider="OpenAILanguageModel",
        provider_kwargs={
            "base_url": url,
            "api_key": key,
            "max_workers": 1,
            "temperature": 0.0,
            "format_type": lx.data.FormatType.JSON,
            "max_output_tokens": MOST,
        },
    )
    model = lx.factory.create_model(
        config, examples=[EXAMPLE] if schema else None, use_schema_constraints=schema, fence_output=False
    )
    # By default its client hangs up after ten minutes and asks twice more, all of which would have to be paid for.
    model._client = model._client.with_options(timeout=3600.0, max_retries=0)
    return model


def main(name: str, url: str, key: str, way: str, paths: list[str]) -> None:
    model = model_of(name, url, key, way == "schema")
    for path in paths:
        result = lx.extract(
            text_or_documents=Path(path).read_text(encoding="utf-8"),
            prompt_description=PROMPT,
            examples=[EXAMPLE],
            model=model,
            max_workers=1,
            use_schema_constraints=False,  # the model has them
            show_progress=False,
            resolver_params={"suppress_parse_errors": True},  # else one answer that is no JSON ends the whole run
        )
        found = [
            {
                "quote": item.extraction_text,
                "start": item.char_interval.start_pos if item.char_interval else None,
                "attributes": item.attributes or {},
            }
            for item in result.extractions or []
        ]
        sys.stdout.write(json.dumps({"article": path, "extractions": found}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:])
