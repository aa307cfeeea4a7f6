-- The views take each claim to be of an extraction. To forget a run could leave claims that an earlier run had given
-- without theirs: no view showed them, and nothing could make them active again.
DELETE FROM store.claims WHERE (document_id, config) NOT IN (SELECT (document_id, config) FROM store.extractions);
DELETE FROM store.rejected WHERE (document_id, config) NOT IN (SELECT (document_id, config) FROM store.extractions);
DELETE FROM store.windows WHERE (document_id, config) NOT IN (SELECT (document_id, config) FROM store.extractions);
