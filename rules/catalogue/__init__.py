"""The rules in force: one file each."""

from rules.catalogue import foe_02, foe_04, foe_05, foe_10, foe_14, mit_01, mit_02, mit_08, mit_10
from rules.shape import Rule

RULES: tuple[Rule, ...] = (
    foe_02.RULE,
    foe_04.RULE,
    foe_05.RULE,
    foe_10.RULE,
    foe_14.RULE,
    mit_01.RULE,
    mit_02.RULE,
    mit_08.RULE,
    mit_10.RULE,
)
