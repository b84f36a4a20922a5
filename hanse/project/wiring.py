"""Who provides what, and what happens when: the two visible tables of the house."""
