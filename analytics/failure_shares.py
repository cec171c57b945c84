"""What part of the messages fails, by whatever failures are told apart."""

import pandas as pd


def with_shares(table: pd.DataFrame, bases: int | pd.Series) -> pd.DataFrame:
    """A breakdown() with base (messages) and share (0..1, NaN where the base is 0): Bounces + errors ÷ base.

    bases: the tile's base_count in the same mode, or that of each value, such as each domain's (analytics.domains).
    What counts as Bounces + errors in a mode is in each base of that mode, so no share is above 1.
    """
    base = pd.Series(bases, index=table.index) if isinstance(bases, int) else table["value"].map(bases)
    base = base.fillna(0).astype("int64")
    share = (table["bounces_errors"] / base.where(base > 0)).astype("float64")
    return table.assign(base=base, share=share)
