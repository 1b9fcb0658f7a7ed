"""House tests: what the rooms owe each other, read from the sources themselves."""
