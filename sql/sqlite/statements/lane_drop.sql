DELETE FROM lane WHERE event = :event AND poll = :poll
RETURNING seq
