"""Records and decisions as people read them."""
