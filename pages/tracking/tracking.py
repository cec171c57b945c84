"""Tracking."""

from pages.i18n.words import words
from pages.parts.page import delivery_page

with delivery_page(words("Tracking")):
    pass
