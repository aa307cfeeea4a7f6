-- What a second reader said of a pair of claims. `key` is the hash of its configuration (model, prompt, schema,
-- parameters) and of all that it was shown, so that the same question is never asked twice.
CREATE TABLE store.verdicts (
    key VARCHAR PRIMARY KEY,
    config VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    document_a VARCHAR NOT NULL,         -- the articles of A and B as shown
    document_b VARCHAR NOT NULL,
    slot VARCHAR NOT NULL,               -- quantity, time or statement
    shown JSON NOT NULL,                 -- both contexts
    status VARCHAR NOT NULL,             -- accepted, rejected
    problem VARCHAR,                     -- why it was rejected
    same_fact VARCHAR,                   -- yes, no, undecidable
    relation VARCHAR,
    reason VARCHAR,
    quote_a VARCHAR,                     -- the words that decide
    quote_b VARCHAR,
    active BOOLEAN NOT NULL,             -- whether facts are made with it
    answered_at TIMESTAMPTZ NOT NULL
);
