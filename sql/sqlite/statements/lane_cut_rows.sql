DELETE FROM batch WHERE event = :event AND poll = :poll AND seq > :seq
