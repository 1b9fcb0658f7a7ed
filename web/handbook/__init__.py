"""The handbook of the rules: its content with worked examples, its pages, and its print."""
