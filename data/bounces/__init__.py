"""Whether a bounce is hard, soft or a block, and why: one classifier for all formats, its rules as data."""
