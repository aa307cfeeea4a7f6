-- Moves the facts, pairs and members that wait (`store/facts.py`) to their tables, with what the views show of their
-- claims. A claim that is not that of an active extraction shows nothing. Statements end at the end of a line.
CREATE OR REPLACE TEMP TABLE shown AS
SELECT
    c.id,
    c.document_id,
    d.path AS document,
    coalesce(d.source, d.origin, parse_filename(d.path, true)) AS outlet,
    d.source,
    coalesce(d.published_at, s.published_at) AS published_at,
    c.attribution.speaker AS speaker,
    c.text,
    c.quote,
    c."start",
    c."end",
    c.quantity.as_written AS quantity,
    c.quantity.comparator AS comparator,
    c.quantity.low AS low,
    c.quantity.high AS high,
    c.quantity.unit AS unit,
    c.quantity."of" AS "of",
    c.time.as_written AS "time",
    CASE WHEN t.claim_id IS NULL THEN c.time.earliest ELSE t.earliest END AS about_from,
    CASE WHEN t.claim_id IS NULL THEN c.time.latest ELSE t.latest END AS about_to,
    c.object,
    c.place
FROM stated c
SEMI JOIN fresh_members m ON m.claim_id = c.id
JOIN store.extractions e ON e.document_id = c.document_id AND e.config = c.config AND e.active
JOIN store.documents d ON d.id = c.document_id
LEFT JOIN store.settled_documents s ON s.document_id = d.id
LEFT JOIN store.settled_times t ON t.claim_id = c.id;

INSERT INTO store.relations BY NAME
SELECT
    p.* EXCLUDE (slot),
    x.outlet AS outlet_a,
    x.speaker AS speaker_a,
    x.published_at AS published_a,
    x.quote AS quote_a,
    CASE p.slot WHEN 'quantity' THEN x.quantity WHEN 'time' THEN x.time WHEN 'place' THEN x.place ELSE x.object END AS value_a,
    y.outlet AS outlet_b,
    y.speaker AS speaker_b,
    y.published_at AS published_b,
    y.quote AS quote_b,
    CASE p.slot WHEN 'quantity' THEN y.quantity WHEN 'time' THEN y.time WHEN 'place' THEN y.place ELSE y.object END AS value_b
FROM fresh_pairs p
LEFT JOIN shown x ON x.id = p.a
LEFT JOIN shown y ON y.id = p.b;

-- A claim may stand in several facts, but those of one story come together: `claims` counts it in one of them.
INSERT INTO store.standings
WITH firsts AS (
    SELECT claim_id, min(fact_id) AS fact_id FROM fresh_members GROUP BY claim_id
), stood AS (
    SELECT m.fact_id, t.outlet, count(*) FILTER (m.fact_id = f.fact_id) AS claims
    FROM fresh_members m
    JOIN shown t ON t.id = m.claim_id
    JOIN firsts f ON f.claim_id = m.claim_id
    GROUP BY ALL
), sides AS (
    SELECT p.fact_id, x.outlet AS one, y.outlet AS two, p.relation, p.discrepancy
    FROM fresh_pairs p
    JOIN shown x ON x.id = p.a
    JOIN shown y ON y.id = p.b
    WHERE x.outlet <> y.outlet
), marks AS (
    SELECT
        fact_id,
        outlet,
        bool_or(relation IN ('agree', 'approximate') AND NOT discrepancy) AS agreed,
        bool_or(discrepancy) AS contradicted
    FROM (SELECT *, unnest([one, two]) AS outlet FROM sides)
    GROUP BY ALL
)
SELECT s.fact_id, s.outlet, s.claims, coalesce(m.agreed, false), coalesce(m.contradicted, false)
FROM stood s
LEFT JOIN marks m ON m.fact_id = s.fact_id AND m.outlet = s.outlet;

INSERT INTO store.facts BY NAME
WITH told AS (
    SELECT
        m.fact_id,
        count(*) AS claims,
        count(DISTINCT s.document_id) AS documents,
        list_sort(list(DISTINCT s.outlet)) AS outlet_names
    FROM fresh_members m
    JOIN shown s ON s.id = m.claim_id
    GROUP BY m.fact_id
)
SELECT
    f.*,
    coalesce(t.claims, 0) AS claims,
    coalesce(t.documents, 0) AS documents,
    coalesce(t.outlet_names, []) AS outlet_names
FROM fresh_facts f
LEFT JOIN told t ON t.fact_id = f.id;

INSERT INTO store.fact_members BY NAME
SELECT
    m.fact_id,
    m.claim_id,
    f.about,
    f.relation,
    f.discrepancy,
    f.slot,
    s.* EXCLUDE (id, quantity, "time", object, place),
    CASE f.slot WHEN 'quantity' THEN s.quantity WHEN 'time' THEN s.time WHEN 'place' THEN s.place ELSE s.object END AS as_written
FROM fresh_members m
JOIN fresh_facts f ON f.id = m.fact_id
LEFT JOIN shown s ON s.id = m.claim_id;

DROP TABLE shown;
DROP VIEW stated;
DROP TABLE fresh_facts;
DROP TABLE fresh_pairs;
DROP TABLE fresh_members;
