-- quick_check does not look whether an index and its table agree: a doc that is in one of
-- them alone would be missing without a word.
PRAGMA integrity_check (doc)
