"""What a store holds after an import, whichever file told it."""

from analytics.modes import Mode
from analytics.tile import Tile, tile
from data.deliveries import delivery
from data.store import Store

_EVENTS = (
    "SELECT DISTINCT kind::VARCHAR, delivery_id, message_id, recipient, event_time::VARCHAR "
    "FROM event JOIN delivery USING (delivery_key) ORDER BY ALL"
)


def told_events(store: Store) -> list[tuple[str, str, str, str, str]]:
    """Kind, delivery, message, recipient and time of every event."""
    with store.cursor() as cursor:
        return cursor.execute(_EVENTS).fetchall()


def tile_of(store: Store, delivery_id: str, mode: Mode = Mode.WITH_EFS) -> Tile:
    """The tile of a delivery, at its end."""
    return tile(store, delivery(store, delivery_id), mode)
