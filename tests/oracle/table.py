"""The thresholds and outcomes of the journeys' rules, read off the catalogue and written down once more.

Everything here is a literal, by intent: this model must not learn it from the rule base that it examines.
"""

Outcome = tuple[str, str]
TASK: Outcome = ("task", "case_worker")
REMIND: Outcome = ("remind", "participant")
REFER: Outcome = ("propose_referral", "case_worker")
PROPOSE_PAUSE: Outcome = ("propose_pause", "case_worker")
TASK_LEAD: Outcome = ("task", "lead")
LEAD: Outcome = ("escalate", "lead")
HEAD: Outcome = ("escalate", "head")
BOTH = (REMIND, TASK)

MARKS: dict[str, tuple[int, ...]] = {
    "FOE-01": (3, 5, 10),  # working days
    "FOE-02": (21, 28),  # days, net of pauses
    "FOE-03": (28,),  # days
    "FOE-04": (70, 84, 98),  # days, net of pauses
    "FOE-05": (5, 10),  # working days
    "FOE-06": (18, 22, 23),  # half months
    "FOE-07": (90, 30, 7),  # days before
    "FOE-08": (35, 42),  # days
    "FOE-09": (14, 7),  # days before
    "FOE-10": (14,),  # days
    "FOE-11": (30, 14, 3),  # days before
    "FOE-12": (1, 3),  # months
    "FOE-13": (5, 6),  # months
    "FOE-14": (0, 14, 30),  # days after six months, net of pauses
    "FOE-15": (8, 4, 1),  # half months before
    "FOE-16": (3, 0),  # months before, net of pauses
    "FOE-19": (0, 14, 0, 14),  # days after six and after twelve months, net of pauses
    "FOE-20": (5, 4, 3),  # months before
    "FOE-21": (0, 14),  # days after six months, net of pauses
    "MIT-01": (2,),  # counting working days
    "MIT-02": (14, 21, 35),  # counting days
    "MIT-03": (2, 4),  # course days
    "MIT-04": (3,),  # counting working days
    "MIT-05": (20,),  # percent
    "MIT-06": (0, 10),  # working days, counting working days
    "MIT-07": (5,),  # counting working days
    "MIT-08": (3, 10, 21),  # counting days
    "MIT-09": (3,),  # no-shows
    "MIT-10": (30, 45, 60),  # days, net of pauses
    "MIT-11": (0,),  # days
    "MIT-12": (14, 7, 3),  # days before
}
AFTER_THE_LAST = {"MIT-03": 5, "MIT-05": 10, "MIT-09": 10}
"""Counting working days between the first and the second stage, where the threshold is no time."""
OUTCOMES: dict[str, tuple[tuple[Outcome, ...], ...]] = {
    "FOE-01": ((TASK_LEAD,), (LEAD,), (HEAD,)),
    "FOE-02": ((TASK,), (LEAD,)),
    "FOE-03": ((TASK,),),
    "FOE-04": ((TASK,), (LEAD,), (HEAD,)),
    "FOE-05": ((TASK,), (LEAD,)),
    "FOE-06": (BOTH, BOTH, (LEAD,)),
    "FOE-07": (BOTH, BOTH, BOTH),
    "FOE-08": ((TASK,), (TASK, REFER)),
    "FOE-09": (BOTH, BOTH),
    "FOE-10": ((TASK,),),
    "FOE-11": (BOTH, BOTH, BOTH),
    "FOE-12": ((TASK,), (TASK,)),
    "FOE-13": ((TASK,), (LEAD,)),
    "FOE-14": ((TASK,), (LEAD,), (HEAD,)),
    "FOE-15": ((TASK,), (TASK,), (LEAD,)),
    "FOE-16": ((TASK,), (LEAD,)),
    "FOE-19": ((TASK,), (TASK,), (TASK,), (TASK,)),
    "FOE-20": ((TASK,), (TASK,), (LEAD,)),
    "FOE-21": ((TASK,), (TASK,)),
    "MIT-01": ((REMIND,),),
    "MIT-02": ((REMIND,), (TASK,), (LEAD,)),
    "MIT-03": ((REMIND,), (TASK,)),
    "MIT-04": (BOTH,),
    "MIT-05": ((TASK,), (LEAD,)),
    "MIT-06": ((TASK,), (LEAD,)),
    "MIT-07": (BOTH,),
    "MIT-08": ((REMIND,), BOTH, (TASK,)),
    "MIT-09": ((TASK,), (LEAD,)),
    "MIT-10": ((TASK,), (LEAD,), (PROPOSE_PAUSE,)),
    "MIT-11": ((TASK,),),
    "MIT-12": (BOTH, BOTH, BOTH),
    "QS-01": ((LEAD,), (HEAD,)),
}
WARNINGS = ("FOE-06", "FOE-07", "FOE-09", "FOE-11", "MIT-12")
"""The office's own reminders and the help before a cut: in a pause the case worker gets a task in their place."""

OFFICE_MARKS: dict[str, tuple[int, ...]] = {
    "FOE-17": (3, 5, 3),  # working days of absence, working days after the last, working days of absence
    "FOE-18": (120, 160),  # journeys per full post
    "QS-02": (30, 1),  # days before, days
    "QS-03": (1,),  # days
    "QS-04": (30, 14, 3),  # days before
}
OFFICE_OUTCOMES: dict[str, tuple[tuple[Outcome, ...], ...]] = {
    "FOE-17": ((("task", "substitute"),), (LEAD,), (LEAD,)),
    "FOE-18": ((LEAD,), (HEAD,)),
    "QS-02": ((("task", "rule_owner"),), (("task", "rule_owner"),)),
    "QS-03": ((("task", "data_protection"),),),
    "QS-04": ((TASK_LEAD,), (TASK_LEAD,), (LEAD,)),
}
