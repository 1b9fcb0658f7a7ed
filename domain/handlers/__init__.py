"""One small function per command; importing this package registers them all."""

from domain.handlers import agreements, appointments, doubts, hand_overs, life, records, steering

__all__ = ["agreements", "appointments", "doubts", "hand_overs", "life", "records", "steering"]
