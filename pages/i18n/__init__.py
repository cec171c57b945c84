"""Words, numbers and dates as people read them."""
