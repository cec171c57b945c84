"""What stands in the URL behind the question mark. It is written here alone, in one go for each change.

While a page is shown, only the session and the browser's history change the URL. The browser sends it with all that
it asks, so what it asked before it heard of a change brings an older URL; playing, which asks by itself, does so when
the server is slow. Such a URL is known by having been there before, and the newest one takes its place.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

Query = dict[str, list[str]]
PAGE = "page"
"""The key of the session's page: its place in the URL."""
_KNOWN, _REMEMBERED = "known_queries", "remembered_choices"
_MOST_KNOWN = 20
"""More are not on their way to the browser at once."""
SHARED = ("efs", "campaign-v8", "at", "test-profiles", "base", "lang")
"""The choices that hold on every page of a delivery, beside the delivery itself."""


def write(changes: Mapping[str, str | Iterable[str] | None]) -> None:
    """Write parameters into the URL, each with its value or values; None takes one out."""
    _catch_up()
    shown = _shown()
    told = {name: [value] if isinstance(value, str) else list(value or ()) for name, value in changes.items()}
    written = {name: values for name, values in (shown | told).items() if values}
    if written != shown:
        st.query_params.from_dict(written)
        _note(written)


def arrive(page: str) -> None:
    """Begin a run of a page. What was chosen before is kept over a change of pages, which empties the URL.

    page: its place in the URL.
    """
    context = get_script_run_ctx()
    is_by_history = context is not None and context.is_history_navigation
    before = st.session_state.get(PAGE, page)
    left = _known()[-1:]
    if is_by_history or page != before:
        _known().clear()
    _catch_up()
    if page != before and not is_by_history:  # The history names all of the page that it goes back to.
        _carry(list(chain.from_iterable(left)))
    st.session_state[PAGE] = page


def remember(name: str) -> None:
    """Keep what the URL says of a choice for the next page."""
    chosen: dict[str, str] = st.session_state.setdefault(_REMEMBERED, {})
    chosen.pop(name, None)
    if name in st.query_params:
        chosen[name] = st.query_params[name]


def remembered(name: str) -> str | None:
    """What was chosen on the page before, whose URL is gone."""
    chosen: str | None = st.session_state.get(_REMEMBERED, {}).get(name)
    return chosen


def _carry(left: list[str]) -> None:
    """Write what is remembered: all of it where the way here says nothing, else what holds on every page.

    left: the parameters of the page before. In their order the URL may be the same, and the browser's history then
    gets one entry for the new page instead of two.
    """
    chosen: dict[str, str] = st.session_state.get(_REMEMBERED, {})
    kept = [name for name in chosen if name not in st.query_params and (name in SHARED or not st.query_params)]
    write({name: chosen[name] for name in sorted(kept, key=lambda name: (name not in left, *_place(name, left)))})


def _place(name: str, names: list[str]) -> list[int]:
    return [names.index(name)] if name in names else []


def _catch_up() -> None:
    """Put the newest URL in the place of an older one."""
    shown, known = _shown(), _known()
    if known and shown != known[-1] and shown in known:
        st.query_params.from_dict(known[-1])
    else:
        _note(shown)


def _note(query: Query) -> None:
    known = _known()
    if known[-1:] != [query]:
        known.append(query)
        del known[:-_MOST_KNOWN]


def _known() -> list[Query]:
    known: list[Query] = st.session_state.setdefault(_KNOWN, [])
    return known


def _shown() -> Query:
    return {name: st.query_params.get_all(name) for name in st.query_params}
