"""About this log: what it can answer, and what not."""

import streamlit as st

from data.answer_words import Answer, Ground, summary

_ICONS = {Ground.TOLD: "check", Ground.ASSUMED: "calculate", Ground.MISSING: "block"}


def draw_about(told: tuple[Answer, ...], title: str = "About this log") -> None:
    """Draw the answers: all in a line, and each as a sentence below. The texts are our own, so they are Markdown."""
    with st.expander(f"{title} · {summary(told)}", icon=":material/info:"), st.container(gap="xsmall"):
        for answer in told:
            _draw_answer(answer)


def _draw_answer(answer: Answer) -> None:
    with st.container(horizontal=True, wrap=False, gap="small"):
        st.markdown(f":small[:material/{_ICONS[answer.ground]}: {answer.topic}]", width=170)
        st.markdown(f":small[{answer.sentence}]", width="stretch")
