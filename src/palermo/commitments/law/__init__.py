"""What States have done at home: laws, programmes, plans and practices, by article and by provision."""

from palermo.commitments.law.checklist import CHECKS, Answer, Element, checklist, load_elements
from palermo.commitments.law.measure import MEASURES, check_rules, measure_rules, measures_on, split

__all__ = [
    "CHECKS",
    "MEASURES",
    "Answer",
    "Element",
    "check_rules",
    "checklist",
    "load_elements",
    "measure_rules",
    "measures_on",
    "split",
]
