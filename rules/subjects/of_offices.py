"""Subjects of an office: absent and overloaded case workers, rules that expire, data to erase, reports."""

from domain.office_facts import OfficeFacts
from rules.subjects.fields import Kind

KINDS: tuple[Kind[OfficeFacts], ...] = ()
