"""What headings and status words usually mean, in plain spelling: lower case, single blanks, no signs."""

from data.events import Kind


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


HEADINGS = {
    "recipient": _listed(
        "recipient|rcpt|to|email|e mail|mail|email address|recipient email|subscriber|contact|address|user email"
    ),
    "event_time": _listed(
        "event time|timestamp|time|date|datetime|event date|event timestamp|date time|occurred at|created at|ts|when"
    ),
    "kind": _listed("status|event|event type|kind|state|outcome|result|action|delivery status|email status|type"),
    "message_id": _listed("message id|messageid|msg id|msgid|mail id|email id"),
    "delivery_id": _listed(
        "delivery id|campaign id|campaign|delivery|mailing id|mailing|newsletter|broadcast id|broadcast|job id|send id|"
        "batch id"
    ),
    "delivery_label": _listed("delivery label|campaign name|delivery name|mailing name|newsletter name|subject"),
    "event_id": _listed("event id|eventid"),
    "reason": _listed("reason|bounce reason|failure reason|bounce category|error"),
    "diagnostic": _listed(
        "diagnostic|diagnostic code|response|smtp response|error message|description|details|bounce message"
    ),
    "smtp_code": _listed("smtp code|reply code|response code|error code"),
    "enhanced_status": _listed("enhanced status|enhanced code|dsn|dsn status"),
    "bounce_type": _listed("bounce type|bounce class|failure type"),
    "url": _listed("url|link|clicked url|link url"),
    "queued_at": _listed("queued at|enqueued at|queue time"),
    "expires_at": _listed("expires at|expires|expiration time|expiration"),
    "test_profile": _listed("is test|test|test profile|test message"),
}
"""The headings of a field, the plainest first."""

_WORDS = {
    Kind.TARGETED: "targeted|scheduled|prepared",
    Kind.REJECTED: "rejected|reject|dropped|drop|suppressed|skipped|excluded|blacklisted|denylisted",
    Kind.RELAYED: "relayed|sent|send|processed|queued|injected|injection|reception|submitted|dispatched|request",
    Kind.DEFERRED: "deferred|deferral|delayed|delay|soft bounce|soft bounced|soft|transient|retry|retrying|"
    "temporary failure",
    Kind.DELIVERED: "delivered|delivery|success|successful",
    Kind.BOUNCED: "bounced|bounce|hard bounce|hard bounced|hard|permanent|permanent failure|failed|failure|undelivered|"
    "undeliverable|blocked|block|invalid|invalid email|error",
    Kind.EXPIRED: "expired|timeout|timed out",
    Kind.CANCELLED: "cancelled|canceled",
    Kind.OPENED: "opened|open|unique open|unique opened|first opening|read",
    Kind.CLICKED: "clicked|click|unique click|unique clicked|link click",
    Kind.UNSUBSCRIBED: "unsubscribed|unsubscribe|opt out|optout|group unsubscribe",
    Kind.SUBSCRIBED: "subscribed|subscribe|resubscribed|group resubscribe",
    Kind.COMPLAINED: "complained|complaint|spam|spam complaint|spam report|spamreport|abuse|marked as spam",
    Kind.AUTORESPONDED: "autoresponded|auto reply|autoreply|autoresponder|out of office",
}
KIND_OF = {word: kind.value for kind, words in _WORDS.items() for word in _listed(words)}
"""The kind that a status word mostly means. "sent" is relayed: a log that means more says delivered as well."""
