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

-- What was learned of an endpoint: in which mode it gives structured answers.
CREATE TABLE store.memory (
    key VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);
