"""Who belongs to which household: a read model of what journeys have recorded, without any name."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from domain.facts import HouseholdFact
from store.tables_turns import HouseholdRow


def bring_up(session: Session, journey: str, office: str, households: Sequence[HouseholdFact]) -> None:
    """Let the memberships of a journey be those of its facts; of one left and joined again the latest counts."""
    for fact in households:
        row = session.get(HouseholdRow, (fact.id, journey)) or HouseholdRow(
            household_id=fact.id, journey_id=journey, office_id=office, relation="", since=fact.since
        )
        row.relation, row.since, row.left_on = str(fact.relation), fact.since, fact.left_on
        session.add(row)
    session.flush()


def members(session: Session, household: str) -> Sequence[HouseholdRow]:
    """The journeys that belong to a household now, the longest first."""
    query = select(HouseholdRow).where(
        HouseholdRow.household_id == household, col(HouseholdRow.left_on).is_(None)
    )
    return session.exec(query.order_by(col(HouseholdRow.since), col(HouseholdRow.journey_id))).all()


def of_journey(session: Session, journey: str) -> Sequence[HouseholdRow]:
    """The households that a journey belongs to now."""
    query = select(HouseholdRow).where(
        HouseholdRow.journey_id == journey, col(HouseholdRow.left_on).is_(None)
    )
    return session.exec(query.order_by(col(HouseholdRow.since), col(HouseholdRow.household_id))).all()
