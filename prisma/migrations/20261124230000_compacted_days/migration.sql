-- Attempts that the histograms of an ended day held when they were last compacted (lib/recorder/compact-days.server.ts);
-- null = not yet, or the day was rebuilt since.
ALTER TABLE fact_day ADD COLUMN compacted_attempts bigint;
