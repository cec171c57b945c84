-- A tracking log of Adobe Campaign: one row per opening, click or opt-out, in the order of their times. Built from: event.
-- No sending log is beside it, so all of its rows wait.
SELECT
    row_number() OVER (ORDER BY event_time, message_id, kind, url) AS id,
    strftime(event_time, '%Y-%m-%d %H:%M:%S.%gZ') AS "logDate",
    CASE WHEN kind = 'opened' THEN 1 ELSE 100 + hash(url) % 100 END AS "url-id",
    delivery_id AS "delivery-id",
    message_id AS "broadLog-id",
    CASE WHEN kind <> 'opened' THEN 'Read more' END AS "urlLabel",
    url AS "urlSource",
    CASE kind WHEN 'clicked' THEN 1 WHEN 'opened' THEN 2 ELSE 3 END AS "urlType"
FROM event
WHERE kind IN ('opened', 'clicked', 'unsubscribed')
ORDER BY id;
