"""What is noted of a delivery, as its time axes show it."""

from data.deliveries import Delivery
from data.notes import annotations
from data.store import Store
from pages.figures.time_axis import Note


def notes_of(store: Store, delivery: Delivery) -> tuple[Note, ...]:
    """The annotations of a delivery and those of all deliveries, for the marks of a figure."""
    return tuple(Note(note.begins_at, note.ends_at, note.text) for note in annotations(store, delivery.delivery_id))
