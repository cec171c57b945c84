"""The report's own words."""

from pages.i18n.words import phrase, words

_LABELS = {
    "title": phrase("Report of a delivery"),
    "figures": phrase("Figures"),
    "gap": phrase("Gap between the modes"),
    "course": phrase("Course"),
    "annotations": phrase("Annotations"),
    "since": phrase("Since the send"),
    "delivered": phrase("Delivered"),
    "bounces_errors": phrase("Bounces + errors"),
    "failures": phrase("Failures"),
    "of_failures": phrase("Messages that ever had a failure, by what became of them at the chosen moment."),
    "no_failures": phrase("No message has had a failure."),
    "domain": phrase("Recipient domain"),
    "reason": phrase("Reason"),
    "failed": phrase("Failed"),
    "retrying": phrase("Retrying"),
    "recovered": phrase("Recovered"),
    "about": phrase("What the log can and cannot answer"),
}


def labels() -> dict[str, str]:
    """The headings and notes by their names, in the language spoken."""
    return {name: words(text) for name, text in _LABELS.items()}


def most_of(count: int, all_of_them: int) -> str:
    """That a table shows only the largest of its rows; nothing where it shows all."""
    return words("The {count} with the most of {all}", count=count, all=all_of_them) if count < all_of_them else ""
