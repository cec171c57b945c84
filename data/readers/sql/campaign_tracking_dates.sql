-- campaign_text: the dates of a tracking log, as campaign_moment.sql looks for them. Built from: tracking_text.
CREATE OR REPLACE TEMP VIEW campaign_text AS
SELECT log_date AS changed_at, NULL::VARCHAR AS modified_at, NULL::VARCHAR AS contact_at FROM tracking_text;
