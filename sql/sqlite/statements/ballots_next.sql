-- A place in the lane, if its fence is up: the check and the order are one statement.
UPDATE lane SET seq = seq + 1
WHERE event = :event AND poll = :poll AND open = 1
RETURNING seq
