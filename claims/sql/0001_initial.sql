-- Tables live in schema `store`; schema `main` holds the views that people query.
CREATE SCHEMA IF NOT EXISTS store;

CREATE TABLE store.documents (
    id VARCHAR PRIMARY KEY,
    path VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    source VARCHAR,
    origin VARCHAR,
    title VARCHAR,
    url VARCHAR,
    published_at DATE,
    date_basis VARCHAR NOT NULL,
    date_candidates DATE[] NOT NULL,
    metadata JSON NOT NULL
);

-- Every place where the same text was found, with what it says there. The first path in order gives `store.documents`
-- its columns, so that the order of reading does not matter.
CREATE TABLE store.locations (
    document_id VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    source VARCHAR,
    origin VARCHAR,
    title VARCHAR,
    url VARCHAR,
    published_at DATE,
    date_basis VARCHAR NOT NULL,
    date_candidates DATE[] NOT NULL,
    metadata JSON NOT NULL,
    PRIMARY KEY (document_id, path)
);

-- One execution. `config` is the hash of extractor, model, prompt, schema and parameters.
CREATE TABLE store.runs (
    id VARCHAR PRIMARY KEY,
    command VARCHAR NOT NULL,
    config VARCHAR NOT NULL,
    extractor VARCHAR NOT NULL,          -- 'builtin' or the model's name
    prompt_hash VARCHAR,
    schema_hash VARCHAR,
    options JSON NOT NULL,
    version VARCHAR NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    status VARCHAR NOT NULL,             -- running, complete, incomplete, interrupted, failed
    documents BIGINT NOT NULL DEFAULT 0,
    documents_done BIGINT NOT NULL DEFAULT 0,
    failures JSON NOT NULL DEFAULT '{}'
);

-- One attempt of one request to a model, success or failure.
CREATE TABLE store.calls (
    id VARCHAR PRIMARY KEY,
    run_id VARCHAR NOT NULL,
    config VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    window_start BIGINT NOT NULL,
    window_end BIGINT NOT NULL,
    attempt INTEGER NOT NULL,
    purpose VARCHAR NOT NULL,            -- extract, reask, adjudicate, probe
    prompt_hash VARCHAR NOT NULL,
    schema_hash VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    parameters JSON NOT NULL,
    status VARCHAR NOT NULL,             -- ok, failed
    error_kind VARCHAR,
    error VARCHAR,
    prompt_tokens BIGINT,
    cached_tokens BIGINT,
    completion_tokens BIGINT,
    reasoning_tokens BIGINT,
    cost DOUBLE,
    latency_ms DOUBLE,
    request_id VARCHAR,
    answer VARCHAR,                      -- the text as it came, whole or not
    started_at TIMESTAMPTZ NOT NULL
);

-- What of a document is done under a configuration. At most one row of a document is active: the one that is aligned.
CREATE TABLE store.extractions (
    document_id VARCHAR NOT NULL,
    config VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    complete BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    windows BIGINT NOT NULL DEFAULT 0,
    windows_done BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (document_id, config)
);

-- What of a document went to a model in one piece, and how it ended. Claims and rejections of a window that is done
-- are committed with its row.
CREATE TABLE store.windows (
    document_id VARCHAR NOT NULL,
    config VARCHAR NOT NULL,
    window_start BIGINT NOT NULL,
    window_end BIGINT NOT NULL,
    run_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,             -- done, failed
    error_kind VARCHAR,
    error VARCHAR,
    PRIMARY KEY (document_id, config, window_start, window_end)
);

-- `id` is made of the document and the statement: the same claim found under two configurations has one id.
CREATE TABLE store.claims (
    id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    config VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    "start" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    subject VARCHAR,
    predicate VARCHAR,
    object VARCHAR,
    place VARCHAR,
    polarity VARCHAR NOT NULL,
    modality VARCHAR NOT NULL,
    quantity STRUCT(as_written VARCHAR, "start" BIGINT, "end" BIGINT, kind VARCHAR, comparator VARCHAR, value DOUBLE,
        low DOUBLE, high DOUBLE, low_open BOOLEAN, high_open BOOLEAN, precision DOUBLE, unit VARCHAR, per VARCHAR,
        "of" VARCHAR, change VARCHAR),
    time STRUCT(as_written VARCHAR, "start" BIGINT, "end" BIGINT, earliest DATE, latest DATE, granularity VARCHAR,
        basis VARCHAR, candidates DATE[], relation VARCHAR),
    attribution STRUCT(speaker VARCHAR, speaker_as_written VARCHAR, speaker_start BIGINT, speaker_end BIGINT,
        role VARCHAR, cue VARCHAR, cue_start BIGINT, cue_end BIGINT, direct BOOLEAN, content_start BIGINT,
        content_end BIGINT, content_parts BIGINT[][], stance VARCHAR, via VARCHAR),
    attributes JSON NOT NULL,
    extractor VARCHAR NOT NULL,
    PRIMARY KEY (config, id)
);

CREATE TABLE store.rejected (
    id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    config VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    quote VARCHAR NOT NULL,
    draft JSON NOT NULL,
    extractor VARCHAR NOT NULL,
    PRIMARY KEY (config, id)
);

CREATE TABLE store.facts (
    id VARCHAR PRIMARY KEY,
    about VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    discrepancy BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    slot VARCHAR NOT NULL                -- what of the claims is compared: quantity, time, …
);

CREATE TABLE store.fact_members (
    fact_id VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    PRIMARY KEY (fact_id, claim_id)
);

CREATE TABLE store.relations (
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
    PRIMARY KEY (a, b)
);

-- What the program remembers of itself: the hash of the views, the signature of what was aligned last, …
CREATE TABLE store.meta (
    key VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);
