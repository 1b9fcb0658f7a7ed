"""What leaves the house: checked texts, mail and letters, behind one protocol."""
