"""The house around the parts: settings, logs, embedded services, the command line."""
