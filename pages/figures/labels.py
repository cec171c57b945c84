"""Texts of any length as labels of a figure."""


def shortened(text: str, most: int) -> str:
    """The text, or its beginning where it has more letters than find room."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
