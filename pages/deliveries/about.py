"""About this log: what it can answer, and what not."""

import streamlit as st

from data.answer import Answer, Ground
from pages.i18n.told import told
from pages.i18n.words import words

_ICONS = {Ground.TOLD: "check", Ground.ASSUMED: "calculate", Ground.MISSING: "block"}


def draw_about(answers: tuple[Answer, ...], title: str | None = None) -> None:
    """Draw the answers: all in a line, and each as a sentence below. The texts are our own, so they are Markdown.

    title: what stands before the line, in the language spoken; by default that it is about the log.
    """
    line = " · ".join([title or words("About this log"), *(_in_short(answer) for answer in answers)])
    with st.expander(line, icon=":material/info:"), st.container(gap="xsmall"):
        for answer in answers:
            _draw_answer(answer)


def _in_short(answer: Answer) -> str:
    return f"{told(answer.topic)}: {told(answer.short)}"


def _draw_answer(answer: Answer) -> None:
    with st.container(horizontal=True, wrap=False, gap="small"):
        st.markdown(f":small[:material/{_ICONS[answer.ground]}: {told(answer.topic)}]", width=170)
        st.markdown(f":small[{told(answer.sentence)}]", width="stretch")
