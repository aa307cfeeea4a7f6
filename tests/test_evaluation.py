"""Scoring against gold labels: the oracle scores 100, each kind of mistake costs what it should."""

from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import InputError
from claims.evaluation import Counts, Gold, evaluate, load_gold, score, validate
from claims.evaluation.agreement import head, same_comparator, same_speaker, same_time, same_unit, same_value
from claims.evaluation.gold import GoldAttribution, GoldDocument, GoldPair, GoldQuantity, GoldTime, corpus_hash
from claims.evaluation.matching import _assign, match, similarity
from claims.evaluation.scores import precision_recall_f1, score_field
from claims.models import (
    Attribution,
    Claim,
    ClaimKind,
    Comparator,
    Draft,
    Fact,
    Modality,
    Polarity,
    Quantity,
    QuantityKind,
    Relation,
    RelationKind,
    TimeRef,
)

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "benchmarks" / "gold" / "gold.json"


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.fixture(scope="module")
def gold() -> Gold:
    return load_gold(GOLD)


def oracle(gold: Gold) -> list[list[Claim]]:
    """Claims that say exactly what the labels say."""
    return [
        [
            Claim(
                id=label.id,
                document_id=document.document().id,
                run_id="test",
                text=label.quote,
                quote=label.quote,
                start=label.start,
                end=label.end,
                kind=label.kind,
                polarity=label.polarity,
                modality=label.modality,
                quantity=Quantity(**label.quantity.model_dump()) if label.quantity else None,
                attribution=Attribution(**label.attribution.model_dump(exclude={"required", "aliases"}))
                if label.attribution
                else None,
                time=TimeRef(**label.time.model_dump(exclude={"required"})) if label.time else None,
            )
            for label in document.claims
        ]
        for document in gold.documents
    ]


def facts_of(pairs: list[tuple[str, str, RelationKind, bool]]) -> list[Fact]:
    return [
        Fact(
            id=f"fact{number}",
            about="test",
            relation=kind,
            discrepancy=discrepancy,
            reason="test",
            members=tuple(sorted((a, b))),
            relations=(Relation(a=min(a, b), b=max(a, b), relation=kind, discrepancy=discrepancy, reason="test"),),
        )
        for number, (a, b, kind, discrepancy) in enumerate(pairs)
    ]


def small() -> Gold:
    """Two articles with two claims each, and one pair."""
    texts = [
        "The fire killed 14 people on Monday, police said. Nobody fled.",
        "At least 12 died. The mill had 40 staff.",
    ]

    def claim(document: int, number: int, quote: str, **fields: Any) -> dict[str, Any]:
        start = texts[document].index(quote)
        return {"id": f"{document}.{number}", "quote": quote, "start": start, "end": start + len(quote), **fields}

    def figure(document: int, words: str, **fields: Any) -> dict[str, Any]:
        start = texts[document].index(words)
        return {"as_written": words, "start": start, "end": start + len(words), "kind": "count", **fields}

    killed = claim(
        0,
        0,
        "The fire killed 14 people",
        kind="quantity",
        quantity=figure(0, "14 people", value=14, of="people"),
        time={"as_written": "on Monday", "start": 26, "end": 35, "earliest": "2024-03-04", "latest": "2024-03-04"},
        attribution={"speaker": "police", "speaker_as_written": "police", "speaker_start": 37, "speaker_end": 43},
    )
    return Gold.model_validate(
        {
            "name": "small",
            "documents": [
                {
                    "id": "a",
                    "text": texts[0],
                    "story": "s",
                    "claims": [killed, claim(0, 1, "Nobody fled", kind="event", polarity="negated")],
                },
                {
                    "id": "b",
                    "text": texts[1],
                    "story": "s",
                    "claims": [
                        claim(
                            1,
                            0,
                            "At least 12 died",
                            kind="quantity",
                            quantity=figure(1, "At least 12", value=12, comparator=">=", of="people"),
                        ),
                        claim(
                            1,
                            1,
                            "The mill had 40 staff",
                            kind="quantity",
                            quantity=figure(1, "40 staff", value=40, of="staff"),
                        ),
                    ],
                },
            ],
            "pairs": [{"a": "0.0", "b": "1.0", "relations": ["refine"], "discrepancy": True, "finer": "0.0"}],
        }
    )


def test_gold_set_is_large_varied_and_sound(gold: Gold) -> None:
    assert len(gold.documents) >= 40
    assert len({document.genre for document in gold.documents}) >= 15
    stories: dict[str, set[str]] = {}
    for document in gold.documents:
        stories.setdefault(document.story or document.id, set()).add(document.source or "")
    assert sum(len(sources) > 1 for sources in stories.values()) >= 12
    assert not list(validate(gold))
    for document in gold.documents:
        for claim in document.claims:
            assert document.text[claim.start : claim.end] == claim.quote


def test_gold_set_is_what_its_sources_give() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "gold" / "build.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr


def test_oracle_scores_one_hundred(gold: Gold) -> None:
    facts = facts_of([(p.a, p.b, p.relations[0], bool(p.discrepancy)) for p in gold.pairs])
    report = score(gold, oracle(gold), facts, resamples=20)
    for field in report.fields:
        assert (field.precision, field.recall, field.f1) == (1.0, 1.0, 1.0), field
    assert not report.differences


def test_nothing_extracted_scores_zero_recall(gold: Gold) -> None:
    report = score(gold, [[] for _ in gold.documents], resamples=0)
    assert report.score("claims").recall == 0.0
    assert report.score("claims").precision is None
    assert {d.verdict for d in report.differences} == {"missed"}


def test_invented_claim_costs_precision_only() -> None:
    gold = small()
    claims = oracle(gold)
    extra = claims[1][1].model_copy(
        update={"id": "x", "start": 3, "end": 8, "quote": gold.documents[1].text[3:8], "quantity": None}
    )
    report = score(gold, [claims[0], [claims[1][1], extra]], resamples=0)
    assert (report.score("claims").right, report.score("claims").wrong, report.score("claims").missed) == (4, 0, 0)
    far = extra.model_copy(update={"id": "y", "start": 16, "end": 18, "quote": gold.documents[1].text[16:18]})
    report = score(gold, [claims[0], [*claims[1], far]], resamples=0)
    assert (report.score("claims").right, report.score("claims").wrong, report.score("claims").missed) == (4, 1, 0)
    assert [d.verdict for d in report.differences if d.field == "claims"] == ["invented"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": ClaimKind.EVENT}, "kind"),
        ({"polarity": Polarity.NEGATED}, "negation"),
        ({"modality": Modality.PLANNED}, "modality"),
        ({"attribution": None}, "speaker"),
        ({"attribution": Attribution(speaker="the mayor")}, "speaker"),
        ({"time": None}, "time words"),
        ({"quantity": None}, "quantity value"),
    ],
)
def test_each_mistake_lowers_its_field_and_no_other(change: dict[str, Any], field: str) -> None:
    gold = small()
    claims = oracle(gold)
    claims[0][0] = claims[0][0].model_copy(update=change)
    report = score(gold, claims, resamples=0)
    lowered = {s.field for s in report.fields if s.f1 is not None and s.f1 < 1}
    allowed = {
        "time words": {"time words", "time resolved"},
        "quantity value": {"quantity value", "quantity value+comparator", "quantity value+unit", "quantity all"},
    }
    assert field in lowered
    assert lowered - {"aligned pairs", "discrepancy"} <= allowed.get(field, {field})
    assert report.score("claims").f1 == 1.0


def test_optional_speaker_may_be_left_out_but_not_be_wrong() -> None:
    gold = small()
    data = gold.model_dump()
    data["documents"][0]["claims"][0]["attribution"]["required"] = False
    gold = Gold.model_validate(data)
    claims = oracle(gold)
    claims[0][0] = claims[0][0].model_copy(update={"attribution": None})
    assert score(gold, claims, resamples=0).score("speaker").f1 is None
    claims[0][0] = claims[0][0].model_copy(update={"attribution": Attribution(speaker="the mayor")})
    assert score(gold, claims, resamples=0).score("speaker").wrong == 1


def test_what_is_not_required_counts_neither_way() -> None:
    data = small().model_dump()
    data["documents"][0]["claims"][1]["required"] = False
    gold = Gold.model_validate(data)
    full = score(gold, oracle(gold), resamples=0)
    less = oracle(gold)
    del less[0][1]
    assert score(gold, less, resamples=0).fields == full.fields
    assert full.score("claims").right == 3
    pair = facts_of([("0.1", "1.1", RelationKind.CONFLICT, True)])
    assert score(gold, oracle(gold), pair, resamples=0).score("aligned pairs").wrong == 0


def test_pairs_false_missed_and_wrong() -> None:
    gold = small()
    claims = oracle(gold)
    right = score(gold, claims, facts_of([("0.0", "1.0", RelationKind.REFINE, True)]), resamples=0)
    assert right.score("aligned pairs").f1 == right.score("relation").f1 == right.score("discrepancy").f1 == 1.0
    wrong = score(gold, claims, facts_of([("0.0", "1.0", RelationKind.AGREE, False)]), resamples=0)
    assert wrong.score("aligned pairs").f1 == 1.0
    assert wrong.score("relation").right == 0
    assert wrong.score("discrepancy").missed == 1
    false = score(gold, claims, facts_of([("0.0", "1.1", RelationKind.CONFLICT, True)]), resamples=0)
    assert (false.score("aligned pairs").wrong, false.score("aligned pairs").missed) == (1, 1)
    assert false.score("discrepancy").wrong == 1
    scope = score(gold, claims, facts_of([("0.0", "1.1", RelationKind.DIFFERENT_SCOPE, False)]), resamples=0)
    assert scope.score("aligned pairs").wrong == 0


def test_pair_of_one_article_counts_neither_way() -> None:
    gold = small()
    report = score(gold, oracle(gold), facts_of([("0.0", "0.1", RelationKind.CONFLICT, True)]), resamples=0)
    assert report.score("aligned pairs").wrong == 0


def test_evaluate_grounds_what_the_extractor_gives(tmp_path: Path) -> None:
    gold = small()
    path = tmp_path / "gold.json"
    path.write_text(gold.model_dump_json(), encoding="utf-8")

    def extractor(document: Any) -> list[Draft]:
        return [Draft(quote="These words stand nowhere in the article", kind=ClaimKind.EVENT)]

    report = evaluate(path, extractor, align=lambda claims, documents: [], resamples=0)
    assert (report.claims, report.rejected) == (0, 2)
    headers, rows = report.table()
    assert len(rows) == len(report.fields)
    assert all(len(row) == len(headers) for row in rows)
    headers, rows = report.difference_table()
    assert all(len(row) == len(headers) for row in rows)


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda d: d["documents"][0]["claims"][0].update(quote="The fire killed 15 people"), "is not at"),
        (lambda d: d["documents"][0]["claims"][0].update(end=4000), "characters"),
        (lambda d: d["documents"][0]["claims"][1].update(id="0.0"), "used twice"),
        (
            lambda d: d["documents"][0]["claims"][0]["time"].update(earliest="2024-03-05", latest="2024-03-05"),
            "Tuesday",
        ),
        (lambda d: d["documents"][0]["claims"][0]["time"].update(earliest="2024-03-05"), "ends before"),
        (lambda d: d["pairs"][0].update(b="7.7"), "no claim has the id"),
        (lambda d: d["pairs"][0].update(b="0.1"), "both claims are of document"),
        (lambda d: d["pairs"][0].update(finer="1.1"), "finer"),
        (lambda d: d["pairs"][0].update(relations=["nearly"]), "relations"),
        (
            lambda d: d["documents"][1]["claims"][0]["quantity"].update(start=0, end=5, as_written="At le", value=None),
            "has no value|is not at|outside",
        ),
        (lambda d: d.update(version=99), "version 99"),
        (lambda d: d.update(colour="red"), "docs/evaluation.md"),
    ],
)
def test_a_gold_file_that_contradicts_itself_is_refused(tmp_path: Path, break_it: Any, words: str) -> None:
    data = json.loads(small().model_dump_json())
    break_it(data)
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError, match=words) as caught:
        load_gold(path)
    assert "\n" not in str(caught.value)


def test_unreadable_gold_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_gold(tmp_path / "absent.json")
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="not JSON"):
        load_gold(broken)


def test_corpus_hash_follows_texts_and_labels() -> None:
    gold = small()
    changed = gold.model_copy(update={"pairs": ()})
    assert corpus_hash(gold) == corpus_hash(small())
    assert corpus_hash(gold) != corpus_hash(changed)


# ---------------------------------------------------------------- matching


def test_two_figures_of_one_sentence_are_two_claims() -> None:
    text = "The temperature dropped from 14 degrees to minus 2."
    figures = [(29, 39), (43, 50)]
    data = [
        {
            "id": str(n),
            "quote": text[:-1],
            "start": 0,
            "end": len(text) - 1,
            "kind": "quantity",
            "quantity": {"as_written": text[s:e], "start": s, "end": e, "kind": "measure", "value": 1},
        }
        for n, (s, e) in enumerate(figures)
    ]
    gold = Gold(name="t", documents=(GoldDocument.model_validate({"id": "d", "text": text, "claims": data}),))
    claims = list(reversed(oracle(gold)[0]))
    assert match(gold.documents[0].claims, claims) == {0: 1, 1: 0}


def test_similarity_needs_half_of_the_shorter_quote() -> None:
    gold = small()
    label, claim = gold.documents[0].claims[1], oracle(gold)[0][1]
    moved = claim.model_copy(update={"start": label.end - 3, "end": label.end + 9})
    assert similarity(label, moved) == 0
    assert similarity(label, claim) > 1.5


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=5), min_size=1, max_size=5), st.randoms())
def test_assignment_is_one_to_one_and_best(rows: list[list[int]], rng: random.Random) -> None:
    from itertools import permutations

    width = min(len(row) for row in rows)
    weights = [[float(x) for x in row[:width]] for row in rows]
    found = _assign(weights)
    assert len(set(found.values())) == len(found)
    size = max(len(weights), width)
    padded = [[row[j] if j < width else 0.0 for j in range(size)] for row in weights]
    padded += [[0.0] * size for _ in range(size - len(padded))]
    best = max(sum(padded[i][p[i]] for i in range(size)) for p in permutations(range(size)))
    assert sum(weights[i][j] for i, j in found.items()) == best


# ---------------------------------------------------------------- scores


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=12))
def test_scores_are_bounded_and_deterministic(rows: list[tuple[int, int, int]]) -> None:
    counts = [Counts(right=r, wrong=w, missed=m) for r, w, m in rows]
    first = score_field("f", counts, resamples=30, seed=3)
    assert first == score_field("f", counts, resamples=30, seed=3)
    for value in (first.precision, first.recall, first.f1):
        assert value is None or 0 <= value <= 1
    for interval in (first.precision_interval, first.recall_interval, first.f1_interval):
        assert interval is None or 0 <= interval.low <= interval.high <= 1


def test_f1_is_the_harmonic_mean() -> None:
    precision, recall, f1 = precision_recall_f1(6, 2, 4)
    assert (precision, recall) == (0.75, 0.6)
    assert f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert precision_recall_f1(0, 0, 0) == (None, None, None)


def test_interval_narrows_with_more_documents() -> None:
    few = score_field("f", [Counts(right=1), Counts(wrong=1)] * 3)
    many = score_field("f", [Counts(right=1), Counts(wrong=1)] * 60)
    assert few.precision_interval is not None
    assert many.precision_interval is not None
    assert (
        many.precision_interval.high - many.precision_interval.low
        < few.precision_interval.high - few.precision_interval.low
    )


# ---------------------------------------------------------------- fields


def figures(kind: str, gold: dict[str, Any], found: dict[str, Any]) -> tuple[GoldQuantity, Quantity]:
    base: dict[str, Any] = {"as_written": "x", "start": 0, "end": 1, "kind": QuantityKind(kind)}
    return GoldQuantity(**base, **gold), Quantity(**{**base, **found})


@pytest.mark.parametrize(
    ("kind", "gold", "found", "expected"),
    [
        ("share", {"value": 33.3, "unit": "percent"}, {"value": 100 / 3, "unit": "percent"}, (True, True, True)),
        ("share", {"value": 92, "unit": "percent"}, {"value": 29, "unit": "percent"}, (False, True, True)),
        (
            "share",
            {"value": 92, "unit": "percent", "comparator": ">"},
            {"value": 92, "unit": "percent"},
            (True, False, True),
        ),
        (
            "share",
            {"value": 5, "unit": "percent", "change": "up"},
            {"value": 5, "unit": "percent"},
            (True, False, True),
        ),
        ("duration", {"value": 51, "unit": "month"}, {"value": 4.25, "unit": "year"}, (True, True, True)),
        ("duration", {"value": 3, "unit": "week"}, {"value": 3, "unit": "day"}, (True, True, True)),
        ("money", {"value": 5, "unit": "USD"}, {"value": 5, "unit": "EUR"}, (True, True, False)),
        ("count", {"value": 5, "of": "crew members"}, {"value": 5, "of": "members"}, (True, True, True)),
        ("count", {"value": 5, "of": "people"}, {"value": 5, "unit": "person"}, (True, True, True)),
        ("count", {"value": 5, "of": "people"}, {"value": 5, "of": "boats"}, (True, True, False)),
        ("score", {"low": 2, "high": 1}, {"low": 1, "high": 2}, (True, True, True)),
        ("count", {"low": 18, "high": 20, "comparator": Comparator.RANGE}, {"low": 18, "high": 20}, (True, True, True)),
        ("count", {"low": 18, "high": 20, "comparator": Comparator.RANGE}, {"low": 18}, (False, False, True)),
    ],
)
def test_quantities_agree(
    kind: str, gold: dict[str, Any], found: dict[str, Any], expected: tuple[bool, bool, bool]
) -> None:
    a, b = figures(kind, gold, found)
    assert (same_value(a, b), same_comparator(a, b), same_unit(a, b)) == expected


@pytest.mark.parametrize(
    ("gold", "written", "role", "found", "expected"),
    [
        ("Ragna Holt", "Holt", "captain", "Captain Ragna Holt", True),
        ("Ragna Holt", "she", "captain", "Holt", True),
        ("Ragna Holt", "she", "captain", "she", False),
        ("coastguard", "the coastguard", None, "The coastguard", True),
        ("Ruth Amsel", "the governor", "governor", "the governor", True),
        ("Ragna Holt", "Holt", "captain", "Jonas Brekke", False),
        ("Ragna Holt", "Holt", "captain", None, False),
        (None, None, None, None, True),
        (None, None, None, "police", False),
    ],
)
def test_speakers_agree(
    gold: str | None, written: str | None, role: str | None, found: str | None, expected: bool
) -> None:
    label = GoldAttribution(speaker=gold, speaker_as_written=written, role=role)
    assert same_speaker(label, Attribution(speaker=found)) is expected


def test_times_agree_only_on_the_same_days() -> None:
    label = GoldTime(as_written="Monday", start=0, end=6)
    assert same_time(label, TimeRef(as_written="Monday", start=0, end=6))
    dated = TimeRef.model_validate(
        {"as_written": "Monday", "start": 0, "end": 6, "earliest": "2024-03-04", "latest": "2024-03-04"}
    )
    assert not same_time(label, dated)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("crew members", "member"),
        ("countries", "country"),
        ("watches", "watch"),
        ("people", "person"),
        ("glass", "glass"),
    ],
)
def test_head_is_the_last_word_in_the_singular(words: str, expected: str) -> None:
    assert head(words) == expected


# ---------------------------------------------------------------- the gate


def test_floors_fall_only_when_told(gold: Gold) -> None:
    quality = module(ROOT / "benchmarks" / "quality.py")
    report = score(gold, oracle(gold), resamples=0)
    perfect = quality.updated(report, None, False)
    assert not quality.compare(report, perfect)
    claims = oracle(gold)
    claims[0] = []
    worse = score(gold, claims, resamples=0)
    assert any(problem.startswith("claims: f1") for problem in quality.compare(worse, perfect))
    assert quality.updated(worse, perfect, False)["floors"]["claims"] == perfect["floors"]["claims"]
    assert quality.updated(worse, perfect, True)["floors"]["claims"]["f1"] < 1
    other = {**perfect, "corpus": "another"}
    assert "changed" in quality.compare(report, other)[0]
    with pytest.raises(SystemExit, match="--lower"):
        quality.updated(worse, other, False)


def test_the_floors_hold() -> None:
    quality = module(ROOT / "benchmarks" / "quality.py")
    report = quality.measure(resamples=0)
    problems = quality.compare(report, json.loads(quality.BASELINE.read_text(encoding="utf-8")))
    assert not problems, "python benchmarks/quality.py --differences shows what changed"


def test_the_documented_results_replace_the_older_ones(gold: Gold) -> None:
    quality = module(ROOT / "benchmarks" / "quality.py")
    report = score(gold, oracle(gold), resamples=0)
    text = f"before\n{quality.BEGIN}old{quality.END}\nafter"
    once = quality.document(report, text)
    assert "| claims | 100.0 | 100.0 | 100.0 |" in once
    assert "old" not in once
    assert quality.document(report, once) == once


def test_pair_labels_default_to_required() -> None:
    pair = GoldPair(a="x", b="y", relations=(RelationKind.AGREE,))
    assert pair.required
    assert pair.discrepancy is None


def test_through_the_pipeline_and_a_store_the_scores_are_the_same(tmp_path: Path) -> None:
    from claims.builtin import extract
    from claims.pipeline.evaluate import evaluate as evaluate_in_store
    from claims.settings import Settings
    from claims.store import Store

    path = tmp_path / "gold.json"
    path.write_text(small().model_dump_json(), encoding="utf-8")
    direct = evaluate(path, extract, resamples=0)
    with Store(tmp_path / "kept.duckdb") as store:
        stored = evaluate_in_store(path, store, Settings(model="builtin", jobs=1), resamples=0)
        again = evaluate_in_store(path, store, Settings(model="builtin", jobs=1), resamples=0)
    assert stored.fields == direct.fields
    assert again == stored
