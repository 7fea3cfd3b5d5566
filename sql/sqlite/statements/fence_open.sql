INSERT INTO lane (event, poll, seq, open) VALUES (:event, :poll, 1, 1)
ON CONFLICT (event, poll) DO UPDATE SET seq = seq + 1, open = 1 WHERE open = 0
RETURNING seq
