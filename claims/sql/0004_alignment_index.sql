-- What alignment remembers of the corpus, so that new documents touch only what they can change.
CREATE TABLE store.digests (
    document_id VARCHAR PRIMARY KEY,
    fingerprint VARCHAR NOT NULL,        -- of the document's active claims and of what alignment reads of it
    published_at DATE,
    terms VARCHAR[] NOT NULL,
    counts INTEGER[] NOT NULL,           -- how often each of `terms` occurs
    names VARCHAR[] NOT NULL
);

CREATE TABLE store.terms (
    term VARCHAR PRIMARY KEY,
    documents BIGINT NOT NULL
);

-- The rarest terms of each document: those that may propose others for a link.
CREATE TABLE store.proposers (
    term VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL
);

-- Documents that tell one story, a < b, and the story of each: its smallest document id.
CREATE TABLE store.links (
    a VARCHAR NOT NULL,
    b VARCHAR NOT NULL
);

CREATE TABLE store.stories (
    document_id VARCHAR PRIMARY KEY,
    story VARCHAR NOT NULL
);

-- What the other documents of a story settle: open dates of documents, and the times of claims that hang on them.
CREATE TABLE store.settled_documents (
    document_id VARCHAR PRIMARY KEY,
    published_at DATE NOT NULL,
    date_basis VARCHAR NOT NULL
);

CREATE TABLE store.settled_times (
    claim_id VARCHAR PRIMARY KEY,
    document_id VARCHAR NOT NULL,
    earliest DATE NOT NULL,
    latest DATE NOT NULL,
    granularity VARCHAR NOT NULL,
    basis VARCHAR NOT NULL
);
