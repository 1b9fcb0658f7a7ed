"""The only way to Temporal for everything outside of the workers: start, commands, relay, reconcile, clock."""
