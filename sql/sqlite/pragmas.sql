-- For every connection, before anything is read. Exclusive ahead of WAL: the WAL's index
-- then lives in memory, no -shm file, and no second connection can come in.
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA cell_size_check = ON;
PRAGMA trusted_schema = OFF;
PRAGMA secure_delete = ON;
PRAGMA temp_store = MEMORY;
PRAGMA mmap_size = 0;
PRAGMA cache_size = -65536;
-- Not within a commit, which somebody waits for: the writer does it afterwards.
PRAGMA wal_autocheckpoint = 0;
