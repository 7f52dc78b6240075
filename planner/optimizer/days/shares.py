"""How a cluster's time is shared out under a clock; without one none of this is read."""

CLOCKED = 1_000
"""Times the iterations of a search that a clock ends."""
WORK_PER_S = 150_000
"""Squares of nodes that pricing looks at in a second: a round takes some 6 us for each."""
FEWEST_CLOCKED, MANY_ROUNDS = 8, 30
"""With fewer rounds the bound hardly moves, so that nothing is priced without walks; with that many
walks are not needed."""
FIRST_SHARE, PRICED_SHARE, PACKED_SHARE, ALONE_SHARE = 0.08, 0.35, 0.15, 0.5
"""Shares of a clocked search: the first search, pricing, and of what is left one packing, with
days priced and without."""
FAR, FAR_ALONE, DOUBT_SHARE, LISTED_SHARE, FAR_LISTED_SHARE = 0.1, 0.2, 0.16, 0.5, 0.45
"""A bound this far above the value (of several pairs, of one alone) by that share of the time ends
pricing; and when listing the days of one alone ends, unconverged, with a far bound even sooner."""
LONG_HISTORY, PER_HISTORY, PER_NIMBLE_HISTORY, PATIENT_SHARE = 300, 100, 40, 0.85
"""Late acceptance of a patient search: at most PyVRP's own length, which is too long for few
iterations, else one for so many, nimble ones or not; and when it ends."""
UNPRICED_HISTORY = 50
"""Late acceptance of a first search that has nearly all the time."""
WALKED_FIRST_SHARE, NEAR = 0.25, 0.025
"""Share of the first search where walks follow: they need a good value to aim at. A bound this near
to it is brought no nearer by them."""
WALKED_KEEP, WALKED_SMOOTHING = 100, 0.3
"""Days taken up and smoothing where walks bring prices: these are good, and a round is cheap."""
HALF_SHARE, LONG_SHARE = 0.39, 0.82
"""Shares of a clocked search where nothing is priced: the first search, and all but the end."""
ANEW_SHARES, ANEW_WIDTH = (0.55, 0.92), 1_000
"""Where windows end a day: when pairs begin and end to be planned anew one by one, and by how many
labels a layer."""
LAST_SHARE = 0.97
"""Share of a clocked search after which only what is left out is inserted."""
BESIDE_SEED, BESIDE_HISTORY = 1_000, 300
"""Searches on other cores: how far their seeds are apart, and their late acceptance."""
CLOCKED_PATIENCE, NIMBLE_PATIENCE = 5_000, 2_000
"""Iterations in vain after which a clocked search gives its time to the next."""
WALK_STEPS, WALKED_SHARE = 400, 0.1
"""Prices tried for the bound by walks, and their share of the time; only with a clock: with
substitutes pairs choose from so much that walks bound no closer than pooled driving."""
