"""The log formats: one small file each, and the tuple that registers them."""
