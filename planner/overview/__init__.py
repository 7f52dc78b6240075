"""What a mission's lists hold, counted for people who look at them before and after planning."""
