"""Taking everything away and putting it back: `sealing` and `vault` know files, `databases` the two engines."""
