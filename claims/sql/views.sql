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
    coalesce(l.places, [d.path]) AS places
FROM store.documents d
LEFT JOIN store.settled_documents s ON s.document_id = d.id
LEFT JOIN (
    -- Most texts stand in one place, that of the document: to list the places of all takes four times as long.
    SELECT document_id, list_sort(list(path)) AS places
    FROM store.locations
    SEMI JOIN (SELECT document_id FROM store.locations GROUP BY document_id HAVING count(*) > 1) USING (document_id)
    GROUP BY document_id
) l ON l.document_id = d.id;

-- Joins the tables, not the view of documents: their places would be gathered for every claim. A claim belongs to an
-- extraction, most of which are active: to look for those that are not, of all extractions, takes a third of the time.
CREATE VIEW main.claims AS
SELECT
    c.id,
    c.document_id,
    d.path AS document,
    coalesce(d.source, d.origin, parse_filename(d.path, true)) AS outlet,
    d.source,
    coalesce(d.published_at, s.published_at) AS published_at,
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
JOIN store.documents d ON d.id = c.document_id
LEFT JOIN store.settled_documents s ON s.document_id = d.id
LEFT JOIN store.settled_times t ON t.claim_id = c.id
WHERE (c.document_id, c.config) NOT IN (SELECT (document_id, config) FROM store.extractions WHERE NOT active);

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

-- What is shown of claims in facts and pairs stands with these (`shown.sql`): to join all claims for some is slow.
CREATE VIEW main.facts AS
SELECT
    id AS fact_id,
    about,
    relation,
    discrepancy,
    reason,
    claims,
    documents,
    len(outlet_names) AS outlets,
    outlet_names
FROM store.facts
WHERE claims > 0;

CREATE VIEW main.fact_values AS
SELECT
    fact_id,
    about,
    relation,
    discrepancy,
    claim_id,
    document_id,
    document,
    outlet,
    source,
    published_at,
    speaker,
    as_written,
    slot,
    comparator,
    low,
    high,
    unit,
    "of",
    about_from,
    about_to,
    text,
    quote,
    "start",
    "end"
FROM store.fact_members
WHERE document_id IS NOT NULL;

CREATE VIEW main.pairs AS
SELECT
    fact_id,
    about,
    relation,
    discrepancy,
    a,
    outlet_a,
    speaker_a,
    published_a,
    quote_a,
    value_a,
    b,
    outlet_b,
    speaker_b,
    published_b,
    quote_b,
    value_b,
    finer,
    reason,
    rule,
    score,
    evidence
FROM store.relations
WHERE quote_a IS NOT NULL AND quote_b IS NOT NULL;

CREATE VIEW main.conflicts AS SELECT * FROM main.pairs WHERE discrepancy;
CREATE VIEW main.agreements AS
SELECT * FROM main.pairs WHERE relation IN ('agree', 'approximate') AND NOT discrepancy;
CREATE VIEW main.updates AS SELECT * FROM main.pairs WHERE relation = 'update';
CREATE VIEW main.disputes AS SELECT * FROM main.pairs WHERE relation = 'different_speaker_view';

CREATE VIEW main.sources AS
WITH stated AS (
    SELECT document_id, count(*) AS claims
    FROM store.claims
    ANTI JOIN (SELECT document_id, config FROM store.extractions WHERE NOT active) e USING (document_id, config)
    GROUP BY document_id
), outlets AS (
    SELECT
        coalesce(d.source, d.origin, parse_filename(d.path, true)) AS outlet,
        count(*) AS documents,
        coalesce(sum(s.claims), 0)::BIGINT AS claims
    FROM store.documents d
    LEFT JOIN stated s ON s.document_id = d.id
    GROUP BY outlet
), of_facts AS (
    SELECT
        outlet,
        count(*) AS facts,
        sum(claims) AS claims,
        count(*) FILTER (agreed) AS agreed,
        count(*) FILTER (contradicted) AS contradicted
    FROM store.standings
    GROUP BY outlet
)
SELECT
    o.outlet,
    o.documents,
    o.claims,
    coalesce(f.facts, 0) AS facts,
    coalesce(f.agreed, 0) AS facts_agreed,
    coalesce(f.contradicted, 0) AS facts_contradicted,
    (o.claims - coalesce(f.claims, 0))::BIGINT AS claims_alone
FROM outlets o
LEFT JOIN of_facts f ON f.outlet = o.outlet
ORDER BY o.outlet;

-- Counted by document first, and speakers by themselves, as few claims have one: to count what is distinct among all
-- claims of an outlet takes twice as long.
CREATE VIEW main.claims_by_source AS
WITH stated AS (
    SELECT document_id, kind, attribution.speaker AS speaker
    FROM store.claims
    ANTI JOIN (SELECT document_id, config FROM store.extractions WHERE NOT active) e USING (document_id, config)
), outlets AS (
    SELECT id, coalesce(source, origin, parse_filename(path, true)) AS outlet FROM store.documents
), made AS (
    SELECT d.outlet, s.kind, sum(s.claims)::BIGINT AS claims, count(*) AS documents
    FROM (SELECT document_id, kind, count(*) AS claims FROM stated GROUP BY ALL) s
    JOIN outlets d ON d.id = s.document_id
    GROUP BY ALL
), said AS (
    SELECT d.outlet, s.kind, count(DISTINCT s.speaker) AS speakers
    FROM stated s
    JOIN outlets d ON d.id = s.document_id
    WHERE s.speaker IS NOT NULL
    GROUP BY ALL
)
SELECT m.outlet, m.kind, m.claims, m.documents, coalesce(s.speakers, 0) AS speakers
FROM made m
LEFT JOIN said s ON s.outlet = m.outlet AND s.kind = m.kind
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
SELECT
    r.id,
    r.code,
    r.reason,
    r.quote,
    d.path AS document,
    coalesce(d.source, d.origin, parse_filename(d.path, true)) AS outlet,
    r.document_id,
    r.extractor,
    r.run_id,
    r.draft
FROM store.rejected r
JOIN store.extractions e ON e.document_id = r.document_id AND e.config = r.config AND e.active
JOIN store.documents d ON d.id = r.document_id;

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
    coalesce(a.source, a.origin, parse_filename(a.path, true)) AS outlet_a,
    coalesce(b.source, b.origin, parse_filename(b.path, true)) AS outlet_b,
    v.document_a,
    v.document_b,
    v.model,
    v.active,
    v.shown,
    v.run_id,
    v.config,
    v.answered_at
FROM store.verdicts v
JOIN store.documents a ON a.id = v.document_a
JOIN store.documents b ON b.id = v.document_b;

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
