-- What the views `facts` and `fact_values` show stands with facts and members, as it does with pairs: to join a million
-- claims took seconds. It is written when facts are.
CREATE TABLE store.facts_shown (
    id VARCHAR NOT NULL,
    about VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    discrepancy BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    slot VARCHAR NOT NULL,               -- what of the claims is compared: quantity, time, …
    claims BIGINT NOT NULL,              -- from here on of claims of active extractions
    documents BIGINT NOT NULL,
    outlet_names VARCHAR[] NOT NULL      -- sorted
);

CREATE TABLE store.members_shown (
    fact_id VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    about VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    discrepancy BOOLEAN NOT NULL,
    slot VARCHAR NOT NULL,
    document_id VARCHAR,                 -- from here on NULL where the claim is not that of an active extraction
    document VARCHAR,
    outlet VARCHAR,
    source VARCHAR,
    published_at DATE,
    speaker VARCHAR,
    as_written VARCHAR,
    comparator VARCHAR,
    low DOUBLE,
    high DOUBLE,
    unit VARCHAR,
    "of" VARCHAR,
    about_from DATE,
    about_to DATE,
    text VARCHAR,
    quote VARCHAR,
    "start" BIGINT,
    "end" BIGINT
);

INSERT INTO store.members_shown
WITH told AS (
    SELECT
        c.id,
        c.document_id,
        d.path AS document,
        coalesce(d.source, d.origin, parse_filename(d.path, true)) AS outlet,
        d.source,
        coalesce(d.published_at, s.published_at) AS published_at,
        c.attribution.speaker AS speaker,
        c.quantity,
        c.time.as_written AS "time",
        c.object,
        CASE WHEN t.claim_id IS NULL THEN c.time.earliest ELSE t.earliest END AS earliest,
        CASE WHEN t.claim_id IS NULL THEN c.time.latest ELSE t.latest END AS latest,
        c.text,
        c.quote,
        c."start",
        c."end"
    FROM store.claims c
    JOIN store.extractions e ON e.document_id = c.document_id AND e.config = c.config AND e.active
    JOIN store.documents d ON d.id = c.document_id
    LEFT JOIN store.settled_documents s ON s.document_id = d.id
    LEFT JOIN store.settled_times t ON t.claim_id = c.id
)
SELECT
    m.fact_id, m.claim_id, f.about, f.relation, f.discrepancy, f.slot,
    c.document_id, c.document, c.outlet, c.source, c.published_at, c.speaker,
    CASE f.slot WHEN 'quantity' THEN c.quantity.as_written WHEN 'time' THEN c.time ELSE c.object END,
    c.quantity.comparator, c.quantity.low, c.quantity.high, c.quantity.unit, c.quantity."of",
    c.earliest, c.latest, c.text, c.quote, c."start", c."end"
FROM store.fact_members m
JOIN store.facts f ON f.id = m.fact_id
LEFT JOIN told c ON c.id = m.claim_id;

INSERT INTO store.facts_shown
WITH told AS (
    SELECT
        fact_id,
        count(document_id) AS claims,
        count(DISTINCT document_id) AS documents,
        list_sort(list(DISTINCT outlet) FILTER (outlet IS NOT NULL)) AS outlet_names
    FROM store.members_shown
    GROUP BY fact_id
)
SELECT f.*, coalesce(t.claims, 0), coalesce(t.documents, 0), coalesce(t.outlet_names, [])
FROM store.facts f
LEFT JOIN told t ON t.fact_id = f.id;

DROP TABLE store.facts;
ALTER TABLE store.facts_shown RENAME TO facts;
DROP TABLE store.fact_members;
ALTER TABLE store.members_shown RENAME TO fact_members;
