INSERT INTO doc (kind, name, sum, body) VALUES (:kind, :name, :sum, :body)
ON CONFLICT (kind, name) DO UPDATE SET sum = excluded.sum, body = excluded.body
