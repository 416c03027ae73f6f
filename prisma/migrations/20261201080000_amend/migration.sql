-- One request is one fact, whatever its start says: facts are found by id. A hash index is the smallest there is.
CREATE INDEX request_log_id ON request_log USING hash (id);

-- Whose ids were committed lately, a row a commit and without gaps, for the filters in the memory of each server.
CREATE TABLE recorded_ids (
  seq          bigint PRIMARY KEY,
  ids          bytea NOT NULL,
  committed_at timestamptz(3) NOT NULL DEFAULT now()
);

-- Names of the emitters whose views of one call were joined; null where there was one.
ALTER TABLE request_log ADD COLUMN joined text[];

-- True = the session's times, app and model may be those of a request that is no more: it is summed up from its facts.
ALTER TABLE session_inbox ADD COLUMN recount boolean NOT NULL DEFAULT false;
CREATE INDEX session_inbox_recount ON session_inbox (session_id) WHERE recount;

-- Counts are signed: an entry is bin << 40 plus its count, which a retraction has below zero.
CREATE OR REPLACE FUNCTION compact_histogram(entries bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg((bin << 40) + hits ORDER BY bin), '{}')
  FROM (
    SELECT (entry + (1::bigint << 39)) >> 40 AS bin,
      sum(entry - (((entry + (1::bigint << 39)) >> 40) << 40))::bigint AS hits
    FROM unnest(entries) AS entry GROUP BY 1
  ) AS bins WHERE hits <> 0
$$;
