"""PowerMTA's accounting files: a CSV whose columns are whichever the configuration names for its types of records."""

from data.readers.direct import TableReader

POWERMTA = TableReader(
    name="powermta",
    label="PowerMTA accounting file",
    validity_hours=108.0,
    tells_engagement=False,
    joins=True,
    columns=(
        "type", "timelogged", "timequeued", "orig", "rcpt", "dsnaction", "dsnstatus", "dsndiag", "bouncecat", "jobid",
        "envid", "feedbacktype", "header_message-id", "header_x-job",
    ),
    recognises=lambda columns: "type" in columns and not {"timelogged", "dsnaction", "bouncecat"}.isdisjoint(columns),
)  # fmt: skip
