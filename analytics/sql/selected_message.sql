-- One row per message of a page of those selected, with their number (total) in each; one row with the total alone where
-- the page is empty. date: of the message's last change, NULL where it had not moved yet, which makes it targeted; of its
-- first opening or click where the KPI counts those.
-- Built from: transition; where they are asked about, engagement, counted_event_of, event.
-- $after: a moment since which, for certain, all messages of the page changed last, so that only what lies near is read.
WITH stepped AS (
    SELECT DISTINCT message_key
    FROM transition
    WHERE $is_step_asked AND delivery_key = $delivery_key AND moved_at > $step_since AND moved_at <= $step_until
        AND moved_at <= $at
        AND (
            len($step_changes::INTEGER[]) = 0
            OR list_contains($step_changes, (coalesce(enum_code(from_state), -1) + 1) * 8 + enum_code(to_state))
        )
        AND (len($step_kinds::INTEGER[]) = 0 OR list_contains($step_kinds, enum_code(kind)))
        AND (len($step_reasons::VARCHAR[]) = 0 OR list_contains($step_reasons, coalesce(reason, '')))
        AND NOT list_contains($step_but_reasons::VARCHAR[], coalesce(reason, ''))
        AND (len($step_types::VARCHAR[]) = 0 OR list_contains($step_types, coalesce(bounce_type, '')))
        AND ($step_longer_than IS NULL OR epoch_us(moved_at) - epoch_us(relayed_at) > $step_longer_than::BIGINT)
        AND ($step_within IS NULL OR epoch_us(moved_at) - epoch_us(relayed_at) <= $step_within::BIGINT)
),
accepted AS (
    SELECT message_key, min(moved_at) AS accepted_at
    FROM transition
    WHERE $is_machine_asked AND delivery_key = $delivery_key AND to_state = 'delivered'
    GROUP BY message_key
),
told_event AS (
    SELECT
        message_key, event_time,
        -- A bounce out of band ends no attempt: the one that it is about had ended in an acceptance.
        CASE WHEN $is_attempt_asked AND phase IS DISTINCT FROM 'out_of_band' THEN
            1 + count(*) FILTER (kind IN ('deferred', 'delivered', 'bounced') AND phase IS DISTINCT FROM 'out_of_band')
                OVER (
                    PARTITION BY message_key ORDER BY event_time, enum_code(kind), event_key
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                )
        END AS attempt,
        kind, reason, bounce_type, smtp_code, url
    FROM counted_event_of($delivery_key, true) AS counted_event
    WHERE $is_event_asked AND delivery_key = $delivery_key AND event_time <= $at
),
told AS (
    SELECT DISTINCT message_key
    FROM told_event LEFT JOIN accepted USING (message_key)
    WHERE event_time > $event_since AND event_time <= $event_until
        AND (len($event_kinds::INTEGER[]) = 0 OR list_contains($event_kinds, enum_code(kind)))
        AND (len($event_reasons::VARCHAR[]) = 0 OR list_contains($event_reasons, coalesce(reason, '')))
        AND (len($event_types::VARCHAR[]) = 0 OR list_contains($event_types, coalesce(bounce_type, '')))
        AND (len($event_codes::VARCHAR[]) = 0 OR list_contains($event_codes, coalesce(smtp_code::VARCHAR, '')))
        AND (len($event_links::VARCHAR[]) = 0 OR list_contains($event_links, coalesce(url, '')))
        AND (len($event_attempts::BIGINT[]) = 0 OR list_contains($event_attempts, attempt))
        AND (
            NOT $is_machine_asked
            OR coalesce(
                event_time >= accepted_at AND epoch_us(event_time) - epoch_us(accepted_at) <= $machine_within, false
            ) = $is_machine
        )
),
addressed AS (
    SELECT message_key, min(recipient) AS recipient
    FROM event
    WHERE ($address <> '' OR $sort = 'address') AND delivery_key = $delivery_key
        AND contains(lower(recipient), lower($address))
    GROUP BY message_key
),
-- Whoever cannot be selected is left out before the messages are followed, which is most of the work.
candidate AS (
    SELECT message_key
    FROM transition
    WHERE $is_narrowed AND delivery_key = $delivery_key AND moved_at > $after AND moved_at <= $at
        AND (len($domains::VARCHAR[]) = 0 OR list_contains($domains, recipient_domain))
        AND NOT list_contains($but_domains::VARCHAR[], recipient_domain)
        AND ($address = '' OR message_key IN (SELECT message_key FROM addressed))
        AND (NOT $is_step_asked OR message_key IN (FROM stepped))
        AND (NOT $is_event_asked OR message_key IN (FROM told))
        -- Whoever is excluded stands elsewhere than the last change says.
        AND (
            $is_excluded_asked
            OR list_contains($states::INTEGER[], enum_code(to_state))
            AND (len($reasons::VARCHAR[]) = 0 OR list_contains($reasons, coalesce(reason, '')))
            AND (
                len($failure_types::VARCHAR[]) = 0
                OR list_contains($failure_types, coalesce(failure_type_of(bounce_type, to_state, kind), ''))
            )
        )
),
last_change AS (
    -- The moment and the place of the state in one number, as the maximum of a number is the cheapest: there are 8 states.
    SELECT
        message_key, max(epoch_us(moved_at) * 8 + enum_code(to_state)) AS change, bool_or(test_profile) AS test_profile,
        CASE WHEN $sort = 'recipient_domain' THEN any_value(recipient_domain) END AS recipient_domain
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at > $after AND moved_at <= $at
        AND ($with_test_profiles OR NOT test_profile) AND (NOT $is_sent OR relayed_at <= $at)
        AND (NOT $is_narrowed OR message_key IN (FROM candidate))
    GROUP BY message_key
),
unmoved AS (
    SELECT message_key, test_profile, recipient_domain
    FROM transition
    WHERE $is_unmoved_asked AND delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
        AND from_state IS NULL AND moved_at > $at
        AND (len($domains::VARCHAR[]) = 0 OR list_contains($domains, recipient_domain))
        AND NOT list_contains($but_domains::VARCHAR[], recipient_domain)
),
-- Whoever is ever excluded is outside To deliver all along.
excluded AS (
    SELECT message_key FROM transition
    WHERE $is_targeted_asked AND delivery_key = $delivery_key AND to_state = 'excluded'
),
standing AS (
    SELECT
        message_key, make_timestamp(change // 8) AS date,
        CASE WHEN excluded.message_key IS NULL THEN change % 8 ELSE enum_code('excluded'::state) END AS state,
        test_profile, recipient_domain
    FROM last_change LEFT JOIN excluded USING (message_key)
    UNION ALL
    SELECT
        message_key, NULL,
        enum_code(CASE WHEN excluded.message_key IS NULL THEN 'targeted'::state ELSE 'excluded'::state END),
        test_profile, recipient_domain
    FROM unmoved LEFT JOIN excluded USING (message_key)
),
standing_told AS (
    SELECT
        message_key, coalesce(reason, '') AS reason,
        coalesce(failure_type_of(bounce_type, to_state, kind), '') AS failure_type
    FROM transition JOIN last_change USING (message_key)
    WHERE $is_nature_asked AND delivery_key = $delivery_key AND moved_at > $after
        AND epoch_us(moved_at) * 8 + enum_code(to_state) = change
),
engaged AS (
    SELECT message_key, CASE WHEN $kpi = 'opened' THEN opened_at ELSE clicked_at END AS engaged_at
    FROM engagement
    WHERE $is_engagement_asked AND delivery_key = $delivery_key
        AND (($kpi = 'opened' AND opened_at <= $engaged_until) OR ($kpi = 'clicked' AND clicked_at <= $engaged_until))
),
selected AS (
    SELECT
        message_key, coalesce(engaged_at, date) AS date, list_extract($status_ranks::VARCHAR[], state + 1) AS status, test_profile,
        recipient_domain, addressed.recipient, standing_told.reason, failure_type
    FROM standing
    LEFT JOIN standing_told USING (message_key)
    LEFT JOIN addressed USING (message_key)
    LEFT JOIN engaged USING (message_key)
    WHERE list_contains($states::INTEGER[], state)
        AND (len($reasons::VARCHAR[]) = 0 OR list_contains($reasons, coalesce(standing_told.reason, '')))
        AND (len($failure_types::VARCHAR[]) = 0 OR list_contains($failure_types, coalesce(failure_type, '')))
        AND ($address = '' OR addressed.recipient IS NOT NULL)
        AND (NOT $is_step_asked OR message_key IN (FROM stepped))
        AND (NOT $is_event_asked OR message_key IN (FROM told))
        AND (NOT $is_engagement_asked OR engaged_at IS NOT NULL)
),
-- Two questions, of which one is planned away: to sort ten million rows by texts that are all NULL takes as long again.
page AS (
    SELECT message_key, date, test_profile, row_number() OVER () AS place
    FROM (
        (
            SELECT message_key, date, test_profile
            FROM selected
            WHERE $sort = 'date'
            ORDER BY
                -- Who had not moved yet comes last, or first where the earliest come first.
                coalesce(epoch_us(date), -9223372036854775807) * CASE WHEN $descending THEN -1 ELSE 1 END,
                message_key
            LIMIT $limit OFFSET $offset
        )
        UNION ALL
        (
            SELECT message_key, date, test_profile
            FROM (
                SELECT
                    message_key, date, test_profile,
                    CASE
                        WHEN $sort = 'address' THEN recipient
                        WHEN $sort = 'status' THEN status
                        WHEN $sort = 'nature_of_failure' THEN reason
                        WHEN $sort = 'failure_type' THEN failure_type
                        WHEN $sort = 'recipient_domain' THEN recipient_domain
                    END AS sorted
                FROM selected
                WHERE $sort <> 'date'
            )
            ORDER BY
                CASE WHEN $descending THEN sorted END DESC NULLS LAST,
                CASE WHEN NOT $descending THEN sorted END ASC NULLS LAST,
                date DESC NULLS LAST, message_key
            LIMIT $limit OFFSET $offset
        )
    )
)
SELECT total, message_key, date, test_profile
FROM (SELECT count(*) AS total FROM selected) AS counted LEFT JOIN page ON true
ORDER BY place;
