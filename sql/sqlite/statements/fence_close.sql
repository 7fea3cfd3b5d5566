UPDATE lane SET seq = seq + 1, open = 0
WHERE event = :event AND poll = :poll AND open = 1
RETURNING seq
