SELECT seq FROM batch WHERE event = :event AND poll = :poll AND uid = :uid
