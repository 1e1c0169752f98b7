"""Treaties: who has signed, who is a party, since when, and what each State could do next."""

from palermo.commitments.instruments.action import (
    ACTIONS,
    COVERAGE,
    RESERVATIONS,
    action_rules,
    examine_treaties,
    facts_recorded_on,
    load_actions,
    load_coverage,
    load_reservations,
    reservation_rules,
    reservations_on,
    reservations_without_a_day,
)
from palermo.commitments.instruments.depositary import DEPOSITARIES, Reading, Said, read_normlex, read_untc
from palermo.commitments.instruments.importing import Import, import_table
from palermo.commitments.instruments.instrument import Instrument, find_instrument, load_instruments
from palermo.commitments.instruments.standing import Basis, Standing, Stands
from palermo.commitments.instruments.states import find_state, is_state, state_code, state_name, un_members
from palermo.commitments.instruments.status import Gaps, Status, gaps, status, timeline
from palermo.commitments.instruments.steps import NextStep, next_step
from palermo.commitments.instruments.yearly import Disagreement, disagreements

__all__ = [
    "ACTIONS",
    "COVERAGE",
    "DEPOSITARIES",
    "RESERVATIONS",
    "Basis",
    "Disagreement",
    "Gaps",
    "Import",
    "Instrument",
    "NextStep",
    "Reading",
    "Said",
    "Standing",
    "Stands",
    "Status",
    "action_rules",
    "disagreements",
    "examine_treaties",
    "facts_recorded_on",
    "find_instrument",
    "find_state",
    "gaps",
    "import_table",
    "is_state",
    "load_actions",
    "load_coverage",
    "load_instruments",
    "load_reservations",
    "next_step",
    "read_normlex",
    "read_untc",
    "reservation_rules",
    "reservations_on",
    "reservations_without_a_day",
    "state_code",
    "state_name",
    "status",
    "timeline",
    "un_members",
]
