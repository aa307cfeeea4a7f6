"""The peer langextract, with its OpenAI provider on the same endpoint: run by flow.py. Prints one JSON line."""

from __future__ import annotations

import json
import resource
import sys
import time

import langextract as lx


def main(port: str, calls: int, concurrency: int, prompt: str) -> None:
    examples = [
        lx.data.ExampleData(
            text="Bakers said 40 loaves were sold.",
            extractions=[lx.data.Extraction(extraction_class="claim", extraction_text="40 loaves were sold")],
        )
    ]
    documents = [
        lx.data.Document(text=f"Article {number}. At least 40 loaves were sold.", document_id=str(number))
        for number in range(calls)
    ]
    cpu, wall = time.process_time(), time.perf_counter()
    results = lx.extract(
        text_or_documents=documents,
        prompt_description=prompt,
        examples=examples,
        config=lx.factory.ModelConfig(
            model_id="gpt-benchmark",
            provider="OpenAILanguageModel",
            provider_kwargs={
                "base_url": f"http://127.0.0.1:{port}/v1",
                "api_key": "none",
                "max_workers": concurrency,
                "format_type": lx.data.FormatType.JSON,
            },
        ),
        max_workers=concurrency,
        batch_length=calls,
        fence_output=False,
        use_schema_constraints=False,
        show_progress=False,
    )
    found = sum(len(result.extractions or []) for result in results)
    line = {
        "seconds": time.perf_counter() - wall,
        "cpu_ms": 1000 * (time.process_time() - cpu) / calls,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "items": found,
    }
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
