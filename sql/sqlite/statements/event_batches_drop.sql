DELETE FROM batch WHERE event = :event
