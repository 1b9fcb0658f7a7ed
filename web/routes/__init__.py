"""One module per noun; each holds a router whose routes declare their permission."""
