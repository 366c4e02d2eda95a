-- Who was quoted how often, by month.
SELECT date_trunc('month', date)::date AS month,
       quote['speaker'] AS speaker,
       count(*) AS quotes,
       count(*) FILTER (WHERE quote['kind'] = 'indirect') AS indirect,
       count(DISTINCT id) AS articles
FROM (SELECT id, date, unnest(quotes(body)) AS quote FROM articles)
WHERE quote['said'] AND quote['speaker'] IS NOT NULL AND quote['confidence'] > 0.5
GROUP BY month, speaker
HAVING count(*) > 2
ORDER BY month, quotes DESC, speaker
