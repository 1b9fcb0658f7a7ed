"""One small function per command; importing this package registers them all."""

from domain.handlers import agreements, appointments, records, steering

__all__ = ["agreements", "appointments", "records", "steering"]
