"""Sendlog's central question, asked of other libraries over the same event CSV, each by a careful script of its own.

The question: for every delivery and every whole minute since its start (rounded up), how many messages have counted as
Delivered and as Bounces + errors by then, without and with the Email Feedback Service. Test profiles are left out. One
row per minute in which some count changes: delivery_id, elapsed_minutes, and the four counts as named in COUNTS.

What happens to one message:

- relayed: Delivered without EFS.
- first deferred: Bounces + errors with EFS, until something decides.
- lapsed: was deferred, and 120 hours after its relay nothing had decided yet, as far as the file speaks: Bounces +
  errors without EFS too. A later acceptance corrects that in both; a later failure confirms it.
- decided: by the first of accepted (Delivered in both), failed (Bounces + errors in both) and cancelled (neither).
- bounced after acceptance: from Delivered to Bounces + errors in both.

The peers rely on what the simulator's files promise: a message id is a number and belongs to one message, every message
was relayed or rejected, and no message says when it expires.
"""

VALIDITY_HOURS = 120
COUNTS = (
    "delivered_without_efs", "bounces_errors_without_efs", "delivered_with_efs", "bounces_errors_with_efs",
)  # fmt: skip
