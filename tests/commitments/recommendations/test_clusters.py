"""Near-duplicates are found, and what differs stays apart."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from palermo.commitments.recommendations import cluster

VOCABULARY = ["ratify", "train", "open", "the", "protocol", "judges", "shelters", "women", "men", "law"]
WORDS = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8)
TEXTS = st.lists(WORDS.map(" ".join), max_size=12)


def recommendations(*texts, states=()):
    rows = [
        {"id": f"r-{n:02}", "state": states[n] if states else "KEN", "published_on": f"20{n:02}", "text": text}
        for n, text in enumerate(texts)
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("id", "state", "published_on", "text"), pl.String()))


def leaders(*texts, **more):
    return dict(cluster(recommendations(*texts, **more)).select("id", "cluster").rows())


def test_the_same_wish_of_two_states_is_one():
    told = leaders(
        "Ratify the Protocol to Prevent, Suppress and Punish Trafficking in Persons (Spain);",
        "Ratify the Protocol to prevent, suppress and punish trafficking in persons (Italy)",
        "Consider ratifying the Protocol to Prevent, Suppress and Punish Trafficking in Persons (Chile)",
        "Open shelters for women who were trafficked (Italy)",
    )
    assert told == {"r-00": "r-00", "r-01": "r-00", "r-02": "r-00", "r-03": "r-03"}


def test_two_states_do_not_share_a_cluster():
    assert leaders("Train judges", "Train judges", states=("KEN", "UGA")) == {"r-00": "r-00", "r-01": "r-01"}


def test_where_there_is_nothing_there_is_no_cluster():
    assert cluster(recommendations()).is_empty()


@given(TEXTS)
def test_every_text_has_a_leader_who_leads_itself_and_is_like_it(texts):
    table = cluster(recommendations(*texts))
    told = dict(table.select("id", "cluster").rows())
    assert set(told) == {f"r-{n:02}" for n in range(len(texts))}
    assert all(told[leader] == leader for leader in told.values())
    assert table["likeness"].is_between(75, 100).all()


@given(TEXTS, st.randoms())
def test_the_order_of_the_rows_changes_nothing(texts, random):
    frame = recommendations(*texts)
    order = list(range(len(texts)))
    random.shuffle(order)
    assert set(cluster(frame).rows()) == set(cluster(frame[order]).rows()) if texts else True


@given(TEXTS)
def test_from_likeness_100_on_only_the_same_words_are_together(texts):
    table = cluster(recommendations(*texts), likeness=100)
    told = dict(table.select("id", "cluster").rows())
    words = {f"r-{n:02}": sorted(text.split()) for n, text in enumerate(texts)}
    assert all((told[one] == told[other]) == (words[one] == words[other]) for one in told for other in told)
