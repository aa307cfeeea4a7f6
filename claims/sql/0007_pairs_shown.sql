-- What the views show of a pair stands with the pair, and what each outlet has to do with a fact in a table of its own:
-- to join a million claims for a page of pairs took seconds. Both are written when facts are.
CREATE TABLE store.pairs (
    fact_id VARCHAR,                     -- NULL for different_scope between claims that share no fact
    a VARCHAR NOT NULL,
    b VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    discrepancy BOOLEAN NOT NULL,
    finer VARCHAR,
    reason VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    evidence VARCHAR[] NOT NULL,
    about VARCHAR,                       -- from here on NULL where a claim is not that of an active extraction
    outlet_a VARCHAR,
    speaker_a VARCHAR,
    published_a DATE,
    quote_a VARCHAR,
    value_a VARCHAR,
    outlet_b VARCHAR,
    speaker_b VARCHAR,
    published_b DATE,
    quote_b VARCHAR,
    value_b VARCHAR
);

INSERT INTO store.pairs
WITH told AS MATERIALIZED (
    SELECT
        c.id,
        coalesce(d.source, d.origin, parse_filename(d.path, true)) AS outlet,
        coalesce(d.published_at, s.published_at) AS published_at,
        c.attribution.speaker AS speaker,
        c.quote,
        c.quantity.as_written AS quantity,
        c.time.as_written AS "time",
        c.object
    FROM store.claims c
    JOIN store.extractions e ON e.document_id = c.document_id AND e.config = c.config AND e.active
    JOIN store.documents d ON d.id = c.document_id
    LEFT JOIN store.settled_documents s ON s.document_id = d.id
)
SELECT
    r.fact_id, r.a, r.b, r.relation, r.discrepancy, r.finer, r.reason, r.rule, r.score, r.evidence,
    f.about,
    x.outlet, x.speaker, x.published_at, x.quote,
    CASE f.slot WHEN 'quantity' THEN x.quantity WHEN 'time' THEN x.time ELSE x.object END,
    y.outlet, y.speaker, y.published_at, y.quote,
    CASE f.slot WHEN 'quantity' THEN y.quantity WHEN 'time' THEN y.time ELSE y.object END
FROM store.relations r
LEFT JOIN store.facts f ON f.id = r.fact_id
LEFT JOIN told x ON x.id = r.a
LEFT JOIN told y ON y.id = r.b;
DROP TABLE store.relations;
ALTER TABLE store.pairs RENAME TO relations;

CREATE TABLE store.standings (
    fact_id VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL,
    claims BIGINT NOT NULL,              -- claims of the outlet in this fact that stand in no fact of a smaller id
    agreed BOOLEAN NOT NULL,             -- another outlet says the same
    contradicted BOOLEAN NOT NULL        -- another outlet says something else
);

INSERT INTO store.standings
WITH told AS (
    SELECT c.id, coalesce(d.source, d.origin, parse_filename(d.path, true)) AS outlet
    FROM store.claims c
    JOIN store.extractions e ON e.document_id = c.document_id AND e.config = c.config AND e.active
    JOIN store.documents d ON d.id = c.document_id
), firsts AS (
    SELECT claim_id, min(fact_id) AS fact_id FROM store.fact_members GROUP BY claim_id
), stood AS (
    SELECT m.fact_id, t.outlet, count(*) FILTER (m.fact_id = f.fact_id) AS claims
    FROM store.fact_members m JOIN told t ON t.id = m.claim_id JOIN firsts f ON f.claim_id = m.claim_id
    GROUP BY ALL
), marked AS (
    SELECT fact_id, unnest([outlet_a, outlet_b]) AS outlet,
        relation IN ('agree', 'approximate') AND NOT discrepancy AS agreed, discrepancy AS contradicted
    FROM store.relations
    WHERE outlet_a <> outlet_b
), marks AS (
    SELECT fact_id, outlet, bool_or(agreed) AS agreed, bool_or(contradicted) AS contradicted FROM marked GROUP BY ALL
)
SELECT s.fact_id, s.outlet, s.claims, coalesce(m.agreed, false), coalesce(m.contradicted, false)
FROM stood s LEFT JOIN marks m ON m.fact_id = s.fact_id AND m.outlet = s.outlet;
