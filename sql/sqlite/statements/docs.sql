SELECT name, sum, body FROM doc WHERE kind = :kind ORDER BY name
