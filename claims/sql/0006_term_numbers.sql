-- What alignment remembers of the corpus, with numbers for terms and documents, so that documents are linked by joins of
-- numbers. All of it follows from the claims: an older store is aligned anew, once.
DROP TABLE store.digests;
DROP TABLE store.terms;
DROP TABLE store.proposers;

CREATE TABLE store.digests (
    document_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    fingerprint VARCHAR NOT NULL,        -- of the document's active claims and of what alignment reads of it
    published_at DATE,
    terms INTEGER[] NOT NULL,
    counts INTEGER[] NOT NULL,           -- how often each of `terms` occurs
    names VARCHAR[] NOT NULL
);

CREATE TABLE store.terms (
    id INTEGER NOT NULL,
    term VARCHAR NOT NULL,
    prior DOUBLE NOT NULL,               -- in how many documents of an imagined archive it stands
    documents BIGINT NOT NULL
);

-- The weightiest terms of each document: those that may propose others for a link.
CREATE TABLE store.proposers (
    term INTEGER NOT NULL,
    document INTEGER NOT NULL
);

DELETE FROM store.links WHERE true;
DELETE FROM store.stories WHERE true;
DELETE FROM store.meta WHERE key = 'aligned_by';

-- Facts without indexes of random ids: they are found through what their documents changed, many at a time.
CREATE TABLE store.facts_without_index (
    id VARCHAR NOT NULL,
    about VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    discrepancy BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    slot VARCHAR NOT NULL                -- what of the claims is compared: quantity, time, …
);
INSERT INTO store.facts_without_index FROM store.facts;
DROP TABLE store.facts;
ALTER TABLE store.facts_without_index RENAME TO facts;

CREATE TABLE store.members_without_index (
    fact_id VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL
);
INSERT INTO store.members_without_index FROM store.fact_members;
DROP TABLE store.fact_members;
ALTER TABLE store.members_without_index RENAME TO fact_members;

CREATE TABLE store.relations_without_index (
    fact_id VARCHAR,                     -- NULL for different_scope between claims that share no fact
    a VARCHAR NOT NULL,
    b VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    discrepancy BOOLEAN NOT NULL,
    finer VARCHAR,
    reason VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    score DOUBLE NOT NULL,
    evidence VARCHAR[] NOT NULL
);
INSERT INTO store.relations_without_index FROM store.relations;
DROP TABLE store.relations;
ALTER TABLE store.relations_without_index RENAME TO relations;

CREATE TABLE store.stories_without_index (
    document_id VARCHAR NOT NULL,
    story VARCHAR NOT NULL
);
DROP TABLE store.stories;
ALTER TABLE store.stories_without_index RENAME TO stories;
