"""The desk: pages, forms and the JSON API for the people of an office."""
