"""Sendlog. `streamlit run app.py` imports this file for its server, and runs it for every visit."""

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from pages.frame import draw_frame
from pages.logs.streamed_uploads import StreamedUploads
from pages.session.downloads import DOWNLOADS

if __name__ == "__main__":
    draw_frame()
else:
    # Streamlit would take the folder pages for its older kind of pages until the first visit has drawn the frame, and
    # answer that visit's link with "Page not found".
    PagesManager.uses_pages_directory = False
    app = st.App(__file__, routes=[DOWNLOADS], middleware=[Middleware(StreamedUploads)])
