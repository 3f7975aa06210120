"""Pages of the taxonomy: the picker's options, and what anybody may browse."""
