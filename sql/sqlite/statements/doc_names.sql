SELECT name FROM doc WHERE kind = :kind ORDER BY name
