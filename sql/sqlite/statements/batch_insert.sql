INSERT INTO batch (event, poll, seq, uid, sum, body)
VALUES (:event, :poll, :seq, :uid, :sum, :body)
