-- The views that people query. They are made anew whenever this file changes, so they need no migration.
-- Every view and every column carries a comment: `SELECT * FROM duckdb_views()` and `DESCRIBE` tell what there is.

CREATE VIEW main.documents AS
SELECT
    d.id,
    d.path,
    coalesce(d.source, d.origin, parse_filename(d.path, true)) AS outlet,
    d.source,
    d.origin,
    d.title,
    d.url,
    coalesce(d.published_at, s.published_at) AS published_at,
    coalesce(s.date_basis, d.date_basis) AS date_basis,
    CASE WHEN s.document_id IS NULL THEN d.date_candidates ELSE [] END AS date_candidates,
    d.text,
    d.metadata,
    (SELECT list(l.path ORDER BY l.path) FROM store.locations l WHERE l.document_id = d.id) AS places
FROM store.documents d
LEFT JOIN store.settled_documents s ON s.document_id = d.id;

CREATE VIEW main.claims AS
SELECT
    c.id,
    c.document_id,
    d.path AS document,
    d.outlet,
    d.source,
    d.published_at,
    c.attribution.speaker AS speaker,
    c.attribution.role AS speaker_role,
    c.attribution.cue AS cue,
    c.kind,
    c.text,
    c.quote,
    c."start",
    c."end",
    c.subject,
    c.predicate,
    c.object,
    c.quantity,
    CASE WHEN t.claim_id IS NULL THEN c.time ELSE struct_update(
        c.time, earliest := t.earliest, latest := t.latest, granularity := t.granularity, basis := t.basis,
        candidates := []::DATE[]) END AS "time",
    c.place,
    c.polarity,
    c.modality,
    c.attribution,
    c.attributes,
    c.extractor,
    c.run_id
FROM store.claims c
JOIN store.extractions e ON e.document_id = c.document_id AND e.config = c.config AND e.active
JOIN main.documents d ON d.id = c.document_id
LEFT JOIN store.settled_times t ON t.claim_id = c.id;

CREATE VIEW main.quantities AS
SELECT
    id AS claim_id,
    document_id,
    document,
    outlet,
    published_at,
    speaker,
    quantity.kind AS kind,
    quantity.as_written AS as_written,
    quantity.comparator AS comparator,
    quantity.value AS value,
    quantity.low AS low,
    quantity.high AS high,
    quantity.low_open AS low_open,
    quantity.high_open AS high_open,
    quantity.unit AS unit,
    quantity.per AS per,
    quantity."of" AS "of",
    quantity.change AS change,
    subject,
    predicate,
    time.earliest AS about_from,
    time.latest AS about_to,
    quote
FROM main.claims
WHERE quantity IS NOT NULL;

CREATE VIEW main.facts AS
SELECT
    f.id AS fact_id,
    f.about,
    f.relation,
    f.discrepancy,
    f.reason,
    count(*) AS claims,
    count(DISTINCT c.document_id) AS documents,
    count(DISTINCT c.outlet) AS outlets,
    list(DISTINCT c.outlet ORDER BY c.outlet) AS outlet_names
FROM store.facts f
JOIN store.fact_members m ON m.fact_id = f.id
JOIN main.claims c ON c.id = m.claim_id
GROUP BY ALL;

CREATE VIEW main.fact_values AS
SELECT
    f.id AS fact_id,
    f.about,
    f.relation,
    f.discrepancy,
    c.id AS claim_id,
    c.document_id,
    c.document,
    c.outlet,
    c.source,
    c.published_at,
    c.speaker,
    CASE f.slot WHEN 'quantity' THEN c.quantity.as_written WHEN 'time' THEN c.time.as_written ELSE c.object
    END AS as_written,
    f.slot,
    c.quantity.comparator AS comparator,
    c.quantity.low AS low,
    c.quantity.high AS high,
    c.quantity.unit AS unit,
    c.quantity."of" AS "of",
    c.time.earliest AS about_from,
    c.time.latest AS about_to,
    c.text,
    c.quote,
    c."start",
    c."end"
FROM store.facts f
JOIN store.fact_members m ON m.fact_id = f.id
JOIN main.claims c ON c.id = m.claim_id;

CREATE VIEW main.pairs AS
SELECT
    r.fact_id,
    f.about,
    r.relation,
    r.discrepancy,
    r.a,
    claim_a.outlet AS outlet_a,
    claim_a.speaker AS speaker_a,
    claim_a.published_at AS published_a,
    claim_a.quote AS quote_a,
    CASE f.slot WHEN 'quantity' THEN claim_a.quantity.as_written WHEN 'time' THEN claim_a.time.as_written ELSE claim_a.object END AS value_a,
    r.b,
    claim_b.outlet AS outlet_b,
    claim_b.speaker AS speaker_b,
    claim_b.published_at AS published_b,
    claim_b.quote AS quote_b,
    CASE f.slot WHEN 'quantity' THEN claim_b.quantity.as_written WHEN 'time' THEN claim_b.time.as_written ELSE claim_b.object END AS value_b,
    r.finer,
    r.reason,
    r.rule,
    r.score,
    r.evidence
FROM store.relations r
LEFT JOIN store.facts f ON f.id = r.fact_id
JOIN main.claims claim_a ON claim_a.id = r.a
JOIN main.claims claim_b ON claim_b.id = r.b;

CREATE VIEW main.conflicts AS SELECT * FROM main.pairs WHERE discrepancy;
CREATE VIEW main.agreements AS SELECT * FROM main.pairs WHERE relation IN ('agree', 'approximate');
CREATE VIEW main.updates AS SELECT * FROM main.pairs WHERE relation = 'update';
CREATE VIEW main.disputes AS SELECT * FROM main.pairs WHERE relation = 'different_speaker_view';

CREATE VIEW main.sources AS
WITH stood AS (
    SELECT
        v.outlet,
        v.fact_id,
        v.claim_id,
        bool_or(p.relation IN ('agree', 'approximate') AND NOT p.discrepancy) AS agreed,
        bool_or(p.discrepancy) AS contradicted
    FROM main.fact_values v
    LEFT JOIN (
        SELECT fact_id, a AS claim_id, relation, discrepancy FROM main.pairs WHERE outlet_a <> outlet_b
        UNION ALL
        SELECT fact_id, b, relation, discrepancy FROM main.pairs WHERE outlet_a <> outlet_b
    ) p ON p.fact_id = v.fact_id AND p.claim_id = v.claim_id
    GROUP BY ALL
)
SELECT
    d.outlet,
    count(DISTINCT d.id) AS documents,
    count(DISTINCT c.id) AS claims,
    count(DISTINCT s.fact_id) AS facts,
    count(DISTINCT s.fact_id) FILTER (s.agreed) AS facts_agreed,
    count(DISTINCT s.fact_id) FILTER (s.contradicted) AS facts_contradicted,
    count(DISTINCT c.id) FILTER (s.fact_id IS NULL) AS claims_alone
FROM main.documents d
LEFT JOIN main.claims c ON c.document_id = d.id
LEFT JOIN stood s ON s.claim_id = c.id
GROUP BY ALL
ORDER BY d.outlet;

CREATE VIEW main.claims_by_source AS
SELECT outlet, kind, count(*) AS claims, count(DISTINCT document_id) AS documents, count(DISTINCT speaker) AS speakers
FROM main.claims
GROUP BY ALL
ORDER BY ALL;

CREATE VIEW main.speakers AS
SELECT
    speaker,
    mode(speaker_role) AS role,
    count(*) AS claims,
    count(DISTINCT document_id) AS documents,
    count(DISTINCT outlet) AS outlets,
    count(*) FILTER (attribution.stance = 'denies') AS denials
FROM main.claims
WHERE speaker IS NOT NULL
GROUP BY speaker
ORDER BY claims DESC, speaker;

CREATE VIEW main.rejected AS
SELECT r.id, r.code, r.reason, r.quote, d.path AS document, d.outlet, r.document_id, r.extractor, r.run_id, r.draft
FROM store.rejected r
JOIN store.extractions e ON e.document_id = r.document_id AND e.config = r.config AND e.active
JOIN main.documents d ON d.id = r.document_id;

CREATE VIEW main.verdicts AS
SELECT
    v.key AS id,
    v.slot,
    v.status,
    v.same_fact,
    v.relation,
    v.reason,
    v.quote_a,
    v.quote_b,
    v.problem,
    a.outlet AS outlet_a,
    b.outlet AS outlet_b,
    v.document_a,
    v.document_b,
    v.model,
    v.active,
    v.shown,
    v.run_id,
    v.config,
    v.answered_at
FROM store.verdicts v
JOIN main.documents a ON a.id = v.document_a
JOIN main.documents b ON b.id = v.document_b;

CREATE VIEW main.calls AS
SELECT * FROM store.calls;

CREATE VIEW main.runs AS
WITH spent AS (
    SELECT
        run_id,
        count(*) AS calls,
        count(*) FILTER (status <> 'ok') AS failed_calls,
        sum(prompt_tokens) AS prompt_tokens,
        sum(cached_tokens) AS cached_tokens,
        sum(completion_tokens) AS completion_tokens,
        sum(reasoning_tokens) AS reasoning_tokens,
        sum(cost) AS cost
    FROM store.calls
    GROUP BY run_id
), kept AS (
    SELECT run_id, count(*) AS claims FROM store.claims GROUP BY run_id
), refused AS (
    SELECT run_id, count(*) AS rejected FROM store.rejected GROUP BY run_id
)
SELECT
    r.id,
    r.command,
    r.status,
    r.extractor,
    r.documents,
    r.documents_done,
    coalesce(k.claims, 0) AS claims,
    coalesce(x.rejected, 0) AS rejected,
    coalesce(s.calls, 0) AS calls,
    coalesce(s.failed_calls, 0) AS failed_calls,
    s.prompt_tokens,
    s.cached_tokens,
    s.completion_tokens,
    s.reasoning_tokens,
    s.cost,
    s.cost / nullif(r.documents_done, 0) AS cost_per_document,
    s.cost / nullif(k.claims, 0) AS cost_per_claim,
    (s.prompt_tokens + s.completion_tokens) / nullif(k.claims, 0) AS tokens_per_claim,
    r.started_at,
    r.ended_at,
    r.failures,
    r.config,
    r.prompt_hash,
    r.schema_hash,
    r.options,
    r.version
FROM store.runs r
LEFT JOIN spent s ON s.run_id = r.id
LEFT JOIN kept k ON k.run_id = r.id
LEFT JOIN refused x ON x.run_id = r.id
ORDER BY r.started_at;
