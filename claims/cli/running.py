"""`claims run` and its halves: extract, align."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims.cli.guard import guarded, say, set_up_logging
from claims.cli.options import Address, Engine, Form, Paths, Quiet, Verbose, WithEngine
from claims.cli.settings import ALIGNING, OPTIONS, SECOND_READER, resolve_for_alignment, with_options, with_settings
from claims.report.format import Format

if TYPE_CHECKING:
    from claims.pipeline import Summary
    from claims.settings import Settings
    from claims.store import Store


@guarded
@with_options(OPTIONS | SECOND_READER)
def run(
    paths: Paths,
    settings: Settings,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only estimate calls, tokens and cost; nothing is sent or stored.")
    ] = False,
    form: Form = Format.TABLE,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Read articles, extract their claims, compare them, and show where the sources differ.

    A second run over the same articles does only what is missing.
    """
    from claims import pipeline

    set_up_logging(verbose, settings)
    if dry_run:
        _dry_run(paths, settings, form)
        return
    store, summary = _work(settings, quiet, lambda store, progress: pipeline.run(store, paths, settings, progress))
    with store:
        facts = store.queries.facts(discrepancy=True)
    _say_problems(summary)
    if form is Format.TABLE:
        _print_summary(summary)
        from claims.report.cards import facts_as_cards

        if facts:
            sys.stdout.write(f"\nWhere the sources differ: {_number(len(facts), 'fact')}\n\n")
            facts_as_cards(facts, sys.stdout)
        elif summary.claims:
            sys.stdout.write("\nThe sources do not differ on any fact that was found.\n")
    elif form is Format.JSON:
        json.dump({"summary": _as_json(summary), "discrepancies": facts}, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        from claims.cli.listings import print_facts

        print_facts(facts, form)
    sys.stdout.flush()
    pipeline.finish(summary)


@guarded
@with_settings
def extract(
    paths: Paths,
    settings: Settings,
    engine: WithEngine = Engine.LOCAL,
    address: Address = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="With --engine ray: the folder of Parquet to write to.", show_default=False),
    ] = None,
    parts: Annotated[
        int | None,
        typer.Option(
            "--parts",
            min=1,
            help="With --engine ray: in how many parts a new folder is written. [default: by the cluster]",
            show_default=False,
        ),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """The first half of run: read articles and extract their claims into the store.

    With --engine ray many machines do it, and the result is a folder that `claims align` and `claims import` take.
    """
    from claims import pipeline

    set_up_logging(verbose, settings)
    if engine is Engine.RAY:
        _extract_on_ray(paths, settings, address, out, parts, quiet)
        return
    _only_with_ray({"--address": address, "--out": out, "--parts": parts})

    def work(store: Store, progress: pipeline.Progress) -> Summary:
        summary = pipeline.Summary()
        ids = pipeline.read_documents(store, paths, summary, progress)
        pipeline.extract(store, ids, settings, summary, progress)
        counts = store.queries.counts()
        summary.claims, summary.rejected = counts["claims"], counts["rejected"]
        return summary

    store, summary = _work(settings, quiet, work)
    store.close()
    _say_problems(summary)
    if not quiet:
        _print_summary(summary, aligned=False)
    pipeline.finish(summary)


@guarded
@with_options(ALIGNING, resolve_for_alignment)
def align(
    settings: Settings,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]", help="With --engine ray: what `claims extract --out DIR` wrote.", show_default=False
        ),
    ] = None,
    engine: WithEngine = Engine.LOCAL,
    address: Address = None,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """The second half of run: compare the claims in the store, across its documents.

    With --adjudicate a model (--model or --second-reader) then judges what is undecided.
    """
    from claims import pipeline

    set_up_logging(verbose, settings)
    if engine is Engine.RAY:
        _align_on_ray(settings, folder, address, quiet)
        return
    _only_with_ray({"DIR": folder, "--address": address})
    if settings.adjudicate:
        settings.for_second_reader()  # complains before any work is done

    def work(store: Store, progress: pipeline.Progress) -> Summary:
        summary = pipeline.Summary()
        pipeline.align(store, summary, progress, settings)
        return summary

    store, summary = _work(settings, quiet, work, notice=False)
    store.close()
    _say_problems(summary)
    if not quiet:
        _print_second_reader(summary)
        sys.stdout.write(_facts_line(summary) + "\n")
    sys.stdout.flush()
    pipeline.finish(summary)


@guarded
@with_options(OPTIONS | SECOND_READER)
def retry(
    settings: Settings,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", help="Only failures of this kind (as `claims runs` names it); may be given again."),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Take up again what a model failed at, under the same model, prompt and schema; then align."""
    from claims import pipeline
    from claims.errors import UsageError
    from claims.llm.failures import Kind

    set_up_logging(verbose, settings)
    if not settings.uses_model:
        raise UsageError("no model is set: the built-in extractor has no failures to retry; set --model")
    if unknown := sorted({*(kind or [])} - {*Kind}):
        raise UsageError(f"--kind {unknown[0]}: no failure of this kind; give {', '.join(sorted(Kind))}")

    def work(store: Store, progress: pipeline.Progress) -> Summary:
        from claims.extraction import config_hash

        summary = pipeline.Summary()
        ids = store.windows.failed(config_hash(settings), kind or [])
        summary.documents = len(ids)
        pipeline.extract(store, ids, settings, summary, progress, kind or [])
        pipeline.align(store, summary, progress, settings)
        return summary

    store, summary = _work(settings, quiet, work)
    store.close()
    if not quiet:
        _print_summary(summary)
    pipeline.finish(summary)


def _extract_on_ray(
    paths: list[str], settings: Settings, address: str | None, out: Path | None, parts: int | None, quiet: bool
) -> None:
    from claims import pipeline
    from claims.cli.progress import TerminalProgress
    from claims.errors import UsageError
    from claims.pipeline.cluster import commands
    from claims.pipeline.cluster.start import cluster

    if out is None:
        raise UsageError("--engine ray writes a folder of Parquet: name it with --out")
    if not quiet and (notice := settings.notice()):
        say(f"claims: {notice}")
    summary = pipeline.Summary()
    with TerminalProgress(quiet=quiet) as progress, cluster(address, settings.jobs) as engine:
        commands.extract(paths, out, settings, engine, summary, progress, parts=parts)
    _say_problems(summary)
    if not quiet:
        _print_summary(summary, aligned=False, where=str(out))
    sys.stdout.flush()
    pipeline.finish(summary)


def _align_on_ray(settings: Settings, folder: Path | None, address: str | None, quiet: bool) -> None:
    from claims import pipeline
    from claims.cli.progress import TerminalProgress
    from claims.errors import UsageError
    from claims.pipeline.cluster import commands
    from claims.pipeline.cluster.start import cluster

    if folder is None:
        raise UsageError("--engine ray aligns a folder of Parquet: name the one that `claims extract --out` wrote")
    if settings.adjudicate:
        raise UsageError("--adjudicate works on a store: import the folder first (`claims import`), then align there")
    summary = pipeline.Summary()
    with TerminalProgress(quiet=quiet) as progress, cluster(address, settings.jobs) as engine:
        commands.align(folder, engine, summary, progress)
    if not quiet:
        sys.stdout.write(_facts_line(summary) + "\n")
    sys.stdout.flush()
    pipeline.finish(summary)


def _only_with_ray(given: dict[str, object]) -> None:
    from claims.errors import UsageError

    for name, value in given.items():
        if value is not None:
            raise UsageError(f"{name} is for --engine ray; without it, the store (--db) is worked on")


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to `app`."""
    for command in (run, extract, align, retry):
        app.command()(command)


def _dry_run(paths: list[str], settings: Settings, form: Format) -> None:
    from dataclasses import asdict

    from claims.errors import InputError
    from claims.store import open_store

    if not settings.uses_model:
        sys.stdout.write("The built-in extractor makes no calls and costs nothing; set --model to estimate a model.\n")
        return
    from claims.pipeline.estimate import estimate

    if settings.db.is_file():
        with open_store(settings.db, read_only=True) as store:
            found = estimate(paths, settings, store)
    else:
        found = estimate(paths, settings, None)
    for problem in found.problems:
        say(f"claims: {problem}")
    if form is Format.TABLE:
        cost = "no price is known" if found.cost is None else f"about ${found.cost:,.4f}"
        sys.stdout.write(
            f"{_number(found.documents, 'document')}, {found.done} of them done already\n"
            f"{_number(found.calls, 'call')}, and more where claims are asked for again\n"
            f"about {found.prompt_tokens:,} prompt tokens and {found.completion_tokens:,} answer tokens, by rules of "
            "thumb\n"
            f"cost: {cost}, before what the endpoint caches\n"
        )
    else:
        sys.stdout.write(json.dumps(asdict(found), indent=2 if form is Format.JSON else None) + "\n")
    if found.problems:
        raise InputError(f"{len(found.problems)} of the inputs could not be read (see above)")


def _work(
    settings: Settings, quiet: bool, work: Callable[[Store, Any], Summary], *, notice: bool = True
) -> tuple[Store, Summary]:
    """The store, still open, and what `work` did."""
    from claims.cli.progress import TerminalProgress
    from claims.store import open_store

    if settings.adjudicate:
        settings.for_second_reader()  # complains before any work is done
    if notice and not quiet and (line := settings.notice()):
        say(f"claims: {line}")
    store = open_store(settings.db)
    try:
        with TerminalProgress(quiet=quiet) as progress:
            return store, work(store, progress)
    except BaseException:
        store.close()
        raise


def _say_problems(summary: Summary) -> None:
    for line in [*summary.notes, *summary.problems]:
        say(f"claims: {line}")


def _print_summary(summary: Summary, *, aligned: bool = True, where: str = "the store") -> None:
    extracted = f"{summary.extracted} extracted now" if summary.extracted else "nothing new to extract"
    sys.stdout.write(f"{_number(summary.documents, 'document')} ({extracted})\n")
    sys.stdout.write(f"{_number(summary.claims, 'claim')} in {where}, {summary.rejected} rejected\n")
    if summary.spent:
        cost = f", ${summary.spent['cost']:.4f}" if "cost" in summary.spent else ""
        sys.stdout.write(
            f"{_number(summary.windows, 'window')} now: {_number(int(summary.spent['calls']), 'call')}, "
            f"{_number(int(summary.spent['tokens']), 'token')}{cost}\n"
        )
    if summary.failures:
        reasons = ", ".join(f"{count} {kind}" for kind, count in sorted(summary.failures.items()))
        sys.stdout.write(f"failed windows: {reasons}\n")
    _print_second_reader(summary)
    if aligned:
        sys.stdout.write(_facts_line(summary) + "\n")


def _print_second_reader(summary: Summary) -> None:
    counts = summary.adjudicated
    if not counts:
        return
    cost = f", ${counts['cost']:.4f}" if "cost" in counts else ""
    sys.stdout.write(
        f"second reader: {_number(int(counts['pairs']), 'pair')}, {int(counts['known'])} judged before; now "
        f"{int(counts['accepted'])} verdicts accepted, {int(counts['rejected'])} rejected "
        f"({_number(int(counts.get('calls', 0)), 'call')}, {_number(int(counts.get('tokens', 0)), 'token')}{cost})\n"
    )


def _facts_line(summary: Summary) -> str:
    return f"{_number(summary.facts, 'fact')} told by two claims or more, {summary.discrepancies} with a discrepancy"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _as_json(summary: Summary) -> dict[str, Any]:
    from dataclasses import asdict

    row = asdict(summary)
    return {**row, "error": None if summary.error is None else str(summary.error), "complete": summary.complete()}
