"""The frame: page config and navigation. Start with `streamlit run app.py`."""

import streamlit as st

from data.errors import SendlogError
from pages.session.choices import carry_choices_to
from pages.session.samples import load_samples_at_first_start

st.set_page_config(page_title="Sendlog", page_icon=":material/outgoing_mail:", layout="wide", initial_sidebar_state=360)

page = st.navigation(
    [
        st.Page("pages/deliveries/deployment.py", title="Deployment", icon=":material/outgoing_mail:", default=True),
        st.Page("pages/logs/import.py", title="Import", icon=":material/upload_file:", url_path="import"),
    ]
)
try:
    carry_choices_to(page.url_path)
    load_samples_at_first_start()
    page.run()
except SendlogError as error:
    with st.container(border=True, horizontal=True):
        st.badge("error", icon=":material/error:", color="red")
        st.text(str(error))  # it may quote a log, so it is no Markdown
