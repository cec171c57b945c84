-- told_event: one row per feedback or tracking event. Built from: record, ajo_macros.
CREATE OR REPLACE TEMP VIEW ajo_field AS
WITH journey_event AS (
    SELECT line, told, told._experience.customerJourneyManagement AS journey FROM record WHERE told IS NOT NULL
),
part AS (
    SELECT
        line, told, journey, journey.messageDeliveryfeedback AS feedback, journey.messageExecution AS execution,
        journey.messageProfile AS profile
    FROM journey_event
)
SELECT
    line, told._id AS event_id, told.eventType AS event_type, told.timestamp AS timestamp,
    feedback.feedbackStatus AS feedback_status, feedback.messageFailure.type AS failure_type,
    feedback.messageFailure.category AS failure_category, feedback.messageFailure.code AS failure_code,
    feedback.messageFailure.reason AS failure_reason, feedback.messageExclusion.code AS exclusion_code,
    feedback.messageExclusion.reason AS exclusion_reason, feedback.retryCount AS retry_count,
    feedback.requestTimestamp AS requested_at, journey.messageInteraction.interactionType AS interaction_type,
    journey.messageInteraction.urlID AS url_id, journey.emailChannelContext.address AS address,
    execution.messageID AS message_id, execution.messageExecutionID AS execution_id,
    execution.batchInstanceID AS batch_id, execution.journeyActionID AS action_id,
    execution.campaignID AS campaign_id, profile.channel._id AS channel, profile.isTestExecution AS is_test
FROM part;

CREATE OR REPLACE TEMP VIEW told_event AS FROM ajo_event('ajo_field');
