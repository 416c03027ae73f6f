-- A day that retention dropped by mistake (a clock that ran ahead) can be opened again. Its rollups still count what was
-- dropped, so that they are never rebuilt from the facts that come now.
ALTER TABLE fact_day ADD COLUMN reopened_at timestamptz(3);
