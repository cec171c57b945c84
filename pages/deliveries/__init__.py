"""What a delivery looks like: its pages and their sections."""
