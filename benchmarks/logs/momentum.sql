-- Momentum's main log, with the lines of its logs of bounces and complaints among it, in the order of their times. Built
-- from: event. Opens, clicks and replies do not pass the mail server, and what is rejected is never received.
WITH spooled AS (
    SELECT
        *,
        epoch(event_time)::BIGINT AS second,
        concat(
            upper(md5(message_id)[:2]), '/00-', lpad((hash(message_id) % 100000)::VARCHAR, 5, '0'), '-',
            upper(md5(message_id)[3:10])) AS spool_id,
        '@00/00-03736-F4101B54@00/00-04532-A3456B54@' AS batch_and_connection,
        (epoch(event_time) - epoch(min(event_time) FILTER (kind = 'relayed') OVER (PARTITION BY message_id)))::VARCHAR
            AS seconds_queued
    FROM event
    WHERE kind IN ('relayed', 'deferred', 'delivered', 'bounced', 'expired', 'complained')
)
SELECT
    CASE
        WHEN kind = 'complained'
            THEN concat(second, '@18/00-02937-', upper(md5(recipient)[:8]), '@F@', recipient, '@b1@bulk@abuse@isp.example@x')
        WHEN phase = 'out_of_band'
            THEN concat(
                second, '@77/00-02937-', upper(md5(recipient)[:8]), batch_and_connection, 'B@', recipient,
                '@letter@shop.example@bulk@b1@21@',
                CASE bounce_type WHEN 'hard' THEN 10 WHEN 'soft' THEN 22 ELSE 51 END, '@900@192.0.2.9@', replace(diagnostic, '@', '\@'))
        ELSE concat(second, '@', spool_id, batch_and_connection, CASE kind
            WHEN 'relayed' THEN concat('R@', recipient, '@letter@shop.example@192.0.2.1@20480@esmtp@bulk@b1')
            WHEN 'delivered'
                THEN concat('D@', split_part(recipient, '@', 2), '@20480@bulk@b1@', attempt - 1, '@', seconds_queued, '@192.0.2.9')
            ELSE concat(
                CASE kind WHEN 'deferred' THEN 'T@' ELSE 'P@' END, split_part(recipient, '@', 2), '@0@bulk@b1@5@', attempt - 1,
                '@', seconds_queued, '@192.0.2.9@',
                CASE kind
                    WHEN 'expired' THEN '554 5.4.7 [internal] message timeout'
                    ELSE replace(diagnostic, '@', '\@')
                END)
        END)
    END AS record
FROM spooled
ORDER BY second, spool_id, record;
