"""Laws and measures: by article and provision, each answer with its law, and unknown is not no."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

import pytest

from palermo.commitments.instruments import load_instruments
from palermo.commitments.law import CHECKS, MEASURES, check_rules, checklist, load_elements, measure_rules, measures_on
from palermo.commitments.provisions import load_provisions
from palermo.commitments.records import RecordsRefused, load_records

MEASURE = "id,recorded_on,source,state,kind,title,articles,provisions,adopted_on,ended_on,confidence\n"
CHECK = "id,recorded_on,source,state,element,answer,law,cited,since,confidence\n"
ACT = "m1,2012-01-05,official gazette,KEN,law,Act on trafficking,tip_protocol:5(1),gpa-43; gpa-30,2010,,high\n"
ON_MEASURES = partial(measure_rules, provisions=load_provisions())


@pytest.fixture
def table(tmp_path):
    def write(kind, text):
        path = tmp_path / f"{kind.name}.csv"
        path.write_text({"measures": MEASURE, "law_checks": CHECK}[kind.name] + text)
        return path

    return write


def test_the_checklist_names_articles_and_provisions_that_there_are():
    for element in load_elements().values():
        assert set(element.provisions) <= set(load_provisions())
        for article in element.articles.split(";"):
            instrument, colon, number = article.strip().partition(":")
            assert colon
            assert instrument in load_instruments()
            assert re.fullmatch(r"\d+(\(\w\))?", number)


def test_the_checklist_asks_for_every_form_of_the_protocol_and_for_what_the_resolution_adds():
    """Article 3(a) of the Protocol names six; paragraph 5 of the resolution adds child sex tourism."""
    forms = [id_ for id_, element in load_elements().items() if element.group == "forms"]
    assert {"form-sexual", "form-labour", "form-slavery", "form-similar", "form-servitude", "form-organs"} <= set(forms)
    assert {"child-rule", "means", "non-punishment", "extraterritorial", "legal-persons"} <= set(load_elements())
    assert load_elements()["child-sex-tourism"].provisions == ("res-5",)


def test_a_measure_stands_from_its_adoption_to_its_end(table):
    plan = "m2,2012-01-05,ministry,KEN,plan,Plan of action,,gpa-15,2011-03-01,2012-12-31,medium\n"
    measures = load_records(table(MEASURES, ACT + plan), MEASURES, ON_MEASURES)
    assert measures_on(measures, date(2010, 6, 1))["id"].to_list() == []
    assert measures_on(measures, date(2011, 3, 1))["id"].to_list() == ["m1", "m2"]
    assert measures_on(measures, date(2012, 12, 31))["id"].to_list() == ["m1"]
    assert measures_on(measures, date(2011, 3, 1), states=["TGO"]).height == 0


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("m2,2012-01-05,x,QQQ,law,Act,,gpa-43,2010,,high", "no such State"),
        ("m2,2012-01-05,x,KEN,law,Act,palermo:5,gpa-43,2010,,high", "of no instrument"),
        ("m2,2012-01-05,x,KEN,law,Act,,gpa-99,2010,,high", "no such provision"),
        ("m2,2012-01-05,x,KEN,law,Act,,gpa-43,2010,2009,high", "before it was adopted"),
        ("m2,2012-01-05,x,KEN,decree,Act,,gpa-43,2010,,high", "codes are law"),
        ("m2,2012-01-05,x,KEN,law,Act,,gpa-43,,,high", "adopted_on"),
    ],
)
def test_a_measure_that_cannot_be_stops_the_table(table, row, words):
    with pytest.raises(RecordsRefused, match=words) as refused:
        load_records(table(MEASURES, ACT + row + "\n"), MEASURES, ON_MEASURES)
    assert refused.value.findings[0].row == 3


def checks(table, text, measures=ACT):
    known = load_records(table(MEASURES, measures), MEASURES, ON_MEASURES)
    return load_records(table(CHECKS, text), CHECKS, partial(check_rules, measures=known))


def test_the_last_answer_by_a_day_holds_and_what_nobody_looked_at_is_unknown(table):
    found = checks(
        table,
        "c1,2012-01-05,gazette,KEN,form-labour,partly,m1,s. 3,2010,medium\n"
        "c2,2012-01-05,gazette,KEN,form-labour,yes,m1,s. 3 as amended,2012-02,high\n"
        "c3,2012-01-05,expert,KEN,legal-persons,no,,,2010,low\n",
    )
    early = {each.element.id: each for each in checklist(found, "KEN", date(2011, 6, 1))}
    late = {each.element.id: each for each in checklist(found, "KEN", date(2012, 3, 1))}
    assert (early["form-labour"].answer, late["form-labour"].answer) == ("partly", "yes")
    assert (late["form-labour"].law, late["form-labour"].cited) == ("m1", "s. 3 as amended")
    assert (late["legal-persons"].answer, late["form-organs"].answer) == ("no", "unknown")
    assert {each.answer for each in checklist(found, "TGO", date(2012, 3, 1))} == {"unknown"}
    assert list(late) == list(load_elements())


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("c1,2012-01-05,x,KEN,form-labour,yes,,s. 3,2010,high", "names its law"),
        ("c1,2012-01-05,x,KEN,form-labour,yes,m9,s. 3,2010,high", "not among the measures"),
        ("c1,2012-01-05,x,TGO,form-labour,yes,m1,s. 3,2010,high", "another State"),
        ("c1,2012-01-05,x,KEN,form-labour,yes,m1,s. 3,2009,high", "before its law"),
        ("c1,2012-01-05,x,KEN,form-farm,no,,,2010,high", "no such element"),
    ],
)
def test_an_answer_that_rests_on_no_law_stops_the_table(table, row, words):
    with pytest.raises(RecordsRefused, match=words):
        checks(table, row + "\n")


def test_an_answer_on_a_law_that_was_withdrawn_is_found(table):
    withdrawn = "id,recorded_on,source,state,kind,title,adopted_on,confidence,corrects,withdrawn\n"
    rows = "m1,2012-01-05,x,KEN,law,Act,2010,high,,\nm2,2012-02-05,x,,,,,,m1,yes\n"
    path = table(MEASURES, "")
    path.write_text(withdrawn + rows)
    known = load_records(path, MEASURES, ON_MEASURES)
    answer = table(CHECKS, "c1,2012-01-05,x,KEN,means,yes,m1,s. 3,2010,high\n")
    with pytest.raises(RecordsRefused, match="withdrawn"):
        load_records(answer, CHECKS, partial(check_rules, measures=known))
