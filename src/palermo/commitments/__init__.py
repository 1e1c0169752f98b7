"""Who has promised what, what was done, and what the evidence says."""
