-- Work handed to an endpoint's Batch API. The row is written before the endpoint hears of it.
CREATE TABLE store.batches (
    id VARCHAR PRIMARY KEY,
    run_id VARCHAR NOT NULL,
    config VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    endpoint VARCHAR NOT NULL,
    provider_id VARCHAR,                 -- the endpoint's own id, once it has given one
    status VARCHAR NOT NULL,             -- prepared, then the endpoint's word for it, then collected
    requests BIGINT NOT NULL,
    succeeded BIGINT,
    failed BIGINT,
    error VARCHAR,
    created_at TIMESTAMPTZ NOT NULL,
    collected_at TIMESTAMPTZ
);

CREATE TABLE store.batch_requests (
    batch_id VARCHAR NOT NULL,
    custom_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    window_start BIGINT NOT NULL,
    window_end BIGINT NOT NULL,
    purpose VARCHAR NOT NULL,
    prompt_hash VARCHAR NOT NULL,
    schema_hash VARCHAR NOT NULL,
    mode VARCHAR NOT NULL,
    status VARCHAR NOT NULL,             -- waiting, ok, failed
    PRIMARY KEY (batch_id, custom_id)
);
