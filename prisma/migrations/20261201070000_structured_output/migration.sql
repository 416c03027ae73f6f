-- The text of an attempt's answer, held against the format that was asked for: {verdict, detail}. Null where any text
-- would have done or there was no answer.
ALTER TABLE request_log ADD COLUMN structured_output jsonb;
ALTER TABLE attempt_log ADD COLUMN structured_output jsonb;

CREATE OR REPLACE VIEW attempt AS
  SELECT request_id, request_started_at, attempt_index, false AS is_deciding, started_at, endpoint_id, http_status,
    error_class, finish_reason, time_to_first_token_ms, duration_ms, cost_micro_usd, tool_call_count, tool_calls,
    structured_output
  FROM attempt_log
  UNION ALL
  SELECT id, started_at, attempt_count - 1, true, started_at + deciding_after_ms * interval '1 millisecond', endpoint_id,
    http_status, error_class, finish_reason, time_to_first_token_ms, duration_ms, cost_micro_usd, tool_call_count,
    tool_calls, structured_output
  FROM request_log;
