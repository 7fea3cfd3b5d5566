-- An event's history begins with its first row and is always open.
INSERT INTO lane (event, poll, seq, open) VALUES (:event, 0, 1, 1)
ON CONFLICT (event, poll) DO UPDATE SET seq = seq + 1
RETURNING seq
