-- The log and what is kept beside it. "Stmw" in ASCII names the program.
PRAGMA application_id = 0x53746d77;
PRAGMA user_version = 1;

-- A lane is an ordered list of rows: poll 0 is an event's history, any other the ballots
-- of that poll. `seq` is the position of its last row, `open` its fence.
CREATE TABLE lane (
    event INTEGER NOT NULL CHECK (event > 0),
    poll INTEGER NOT NULL CHECK (poll >= 0),
    seq INTEGER NOT NULL CHECK (seq > 0),
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    PRIMARY KEY (event, poll)
) STRICT, WITHOUT ROWID;

-- One row is one batch of entries, a JSON array, written once and never changed. `sum` is
-- a checksum over all the others.
CREATE TABLE batch (
    event INTEGER NOT NULL,
    poll INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    uid BLOB NOT NULL CHECK (length(uid) = 16),
    sum INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (event, poll, seq),
    UNIQUE (event, poll, uid),
    FOREIGN KEY (event, poll) REFERENCES lane (event, poll)
) STRICT;

-- Beside the log: what can be erased, and what can be rebuilt.
CREATE TABLE doc (
    kind TEXT NOT NULL,
    name BLOB NOT NULL,
    sum INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (kind, name)
) STRICT;

-- Work that a crash must not make us forget: 'scrub', rewriting the file after a lane was
-- dropped.
CREATE TABLE chore (
    name TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
