"""How long the acceptance of a message takes."""

from itertools import pairwise

import pandas as pd
import streamlit as st

from analytics.acceptance import BOUNDS, QUANTILES, SPANS, accepted_within, cumulated
from data.snapshot import Snapshot
from pages.failures.answers import acceptance_counts_of, acceptance_times_of, domains_of
from pages.failures.span_words import acceptance_span_text, span_end_text
from pages.figures.colours import colours_of
from pages.figures.distribution import Line, distribution, short_span
from pages.i18n.formats import share_text
from pages.i18n.words import words
from pages.parts.chart import draw_chart
from pages.parts.columns import Columns, count_column, rows_column
from pages.parts.rows_link import rows_url
from pages.parts.table import draw_table
from pages.session.asked import Filters

_FEWEST = 5
_LARGEST = 5


def draw_acceptance(store: Snapshot, asked: Filters) -> None:
    """Draw the shares accepted over time, the times per domain, and the spans, each with its rows."""
    times = acceptance_times_of(store, asked)
    if times.empty:
        st.caption(words("No message was accepted up to the chosen moment."))
        return
    sent = domains_of(store, asked).set_index("recipient_domain")["sent"]
    accepted = cumulated(acceptance_counts_of(store, asked))
    _draw_course(asked, accepted, sent, times)
    _draw_domains(asked, times, sent)
    _draw_spans(asked, accepted, int(sent.sum()))


def _draw_course(asked: Filters, accepted: pd.DataFrame, sent: pd.Series, times: pd.DataFrame) -> None:
    all_sent = int(sent.sum())
    shares = pd.DataFrame({words("All domains"): accepted.sum() / max(all_sent, 1)})
    for domain in sent.index[:_LARGEST]:
        if domain in accepted.index and sent[domain]:
            shares[domain or words("(no domain)")] = accepted.loc[domain] / sent[domain]
    # No message is older than the delivery, so the first bound beyond its age holds all that were accepted.
    elapsed = asked.at - asked.delivery.started_at
    bounds = BOUNDS[: max(sum(bound < elapsed for bound in BOUNDS), _FEWEST) + 1]
    shares = shares.iloc[: len(bounds)]
    lines = [Line(str(name), shares[name].tolist()) for name in shares]
    figure = distribution(bounds, lines[0], lines[1:], colours_of(st.context.theme.type))
    median, p99 = (short_span(times[name].iloc[0].to_pytimedelta()) for name in ("median", "p99"))
    alt = words("Half of the messages accepted took at most {median}, 99 % at most {p99}.", median=median, p99=p99)
    table = (shares * 100).round(3).assign(seconds=[bound.total_seconds() for bound in bounds])
    draw_chart(
        "failures-acceptance",
        figure,
        table[["seconds", *shares.columns]],
        alt,
        asked=asked,
        columns={"seconds": words("Seconds since the relay")},
    )
    st.caption(f"{alt} {words('Lines: accepted within the time ÷ messages sent to the domain so far.')}")


def _draw_domains(asked: Filters, times: pd.DataFrame, sent: pd.Series) -> None:
    names = [name if isinstance(name, str) else None for name in times["recipient_domain"]]
    bases = [int(sent.sum()) if name is None else int(sent.get(name, 0)) for name in names]
    table = pd.DataFrame(
        {
            "recipient_domain": [
                words("All domains") if name is None else name or words("(no domain)") for name in names
            ],
            "sent": bases,
            "accepted": times["accepted"].to_numpy(),
            "rows": [rows_url(asked, accepted_within(domains=() if name is None else (name,))) for name in names],
            **{name: [short_span(time) for time in times[name]] for name in QUANTILES},
        }
    )
    title = words("Time to acceptance by recipient domain")
    st.subheader(title)
    draw_table(table, _columns(), key="acceptance-table", alt=title)


def _draw_spans(asked: Filters, accepted: pd.DataFrame, sent: int) -> None:
    """Draw the spans told in words: those of the bounds that they consist of."""
    so_far = accepted.sum()
    ends = [int(so_far.iloc[BOUNDS.index(span)]) for span in SPANS] + [int(so_far.iloc[-1])]
    bounds = (None, *SPANS, None)
    counts = [end - before for end, before in zip(ends, [0, *ends], strict=False)]
    rows = [
        (
            acceptance_span_text(place),
            count,
            share_text(count / sent if sent else None),
            rows_url(asked, accepted_within(*span)),
        )
        for place, (count, span) in enumerate(zip(counts, pairwise(bounds), strict=True))
        if count
    ]
    st.subheader(words("Accepted by the time it took"))
    table = pd.DataFrame(rows, columns=["span", "accepted", "share", "rows"])
    told = words("Share: of the messages sent so far ({count}).", count=sent)
    draw_table(table, _columns(), key="acceptance-spans", alt=told)
    st.caption(f"{told} {span_end_text()}")


def _columns() -> Columns:
    return {
        "recipient_domain": st.column_config.TextColumn(words("Recipient domain")),
        "sent": count_column(words("Sent")),
        "accepted": count_column(words("Accepted")),
        "rows": rows_column(),
        "median": words("Half within"),
        "p90": words("90 % within"),
        "p99": words("99 % within"),
        "span": words("Time since the relay"),
        "share": st.column_config.TextColumn(words("Share"), alignment="right"),
    }
