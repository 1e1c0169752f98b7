"""The page: whole, offline, readable by machines that read to people."""

import itertools
import re
from html.parser import HTMLParser

import pytest

from palermo.reports import PlainLabels, describe
from tests.support.sample_release import SAMPLES

VOID = {"meta", "link", "br", "hr", "img", "input", "rect", "path", "line"}


class Outline(HTMLParser):
    """Keeps the tags, and what is open at the end."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag, f"</{tag}> closes something else"

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for found, attrs in self.tags if found == tag]


@pytest.fixture
def outline(page):
    return Outline(page)


def test_every_tag_is_closed(outline):
    assert outline.open == []


def test_nothing_is_loaded_from_anywhere(outline, page):
    names = {"src", "srcset", "data", "action", "xlink:href", "poster"}
    assert not [attrs for _, attrs in outline.tags if names & set(attrs)]
    links = [attrs["href"] or "" for _, attrs in outline.tags if "href" in attrs]
    assert all(re.fullmatch(r"#[\w-]+|tables/[\w-]+\.csv|[a-z]+\.(?:csv|json)", link) for link in links)
    assert not outline.all("script") and not outline.all("link")
    assert "url(" not in page.replace("url(#", "") and "@import" not in page


def test_there_is_one_main_heading_and_no_level_is_skipped(outline):
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_there_is_a_way_past_the_contents_and_every_link_lands(outline):
    ids = [attrs["id"] for _, attrs in outline.tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    assert outline.all("a")[0] == {"class": "skip", "href": "#main"}
    links = [attrs["href"] or "" for attrs in outline.all("a")]
    assert all(link[1:] in ids for link in links if link.startswith("#"))
    assert {tag for tag, _ in outline.tags} >= {"header", "nav", "main", "footer"}


def test_every_table_has_a_caption_and_heads_with_a_scope(outline):
    assert len(outline.all("caption")) == len(outline.all("table"))
    assert all(attrs.get("scope") in ("row", "col") for attrs in outline.all("th"))


def test_every_picture_has_a_text_alternative_and_its_table(outline):
    assert all(len(attrs.get("aria-label") or "") > 20 for attrs in outline.all("svg"))
    figures = outline.all("figure")
    tables = [attrs["id"] for attrs in outline.all("caption")]
    assert all(f"behind-{(attrs['id'] or '').removeprefix('figure-')}" in tables for attrs in figures)


def test_only_logical_properties_are_used(page):
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style
    physical = r"(?:margin|padding|border)-(?:left|right|top|bottom)|text-align:\s*(?:left|right)|[;{\s](?:left|right):"
    assert not re.search(physical, style[1])


def test_synthetic_records_are_never_called_people_or_victims(pages):
    sample = SAMPLES["synthetic"]()
    report = describe(sample.release, sample.edition, labels=PlainLabels())
    figures = (*report.figures, *report.maps, *report.quality_figures)
    said = " ".join(figure.title + figure.subtitle for figure in figures)
    said += " ".join(key.words for key in report.key_figures)
    assert "synthetic records" in said
    assert not re.search(r"\b(people|persons?|victims?|women|men|girls|boys)\b", said)


def test_with_everything_withheld_there_is_no_figure_and_no_zero_in_its_place(pages):
    page = pages("all-withheld")
    assert "Every number on means of control is withheld in this release" in page
    assert "<figure" not in page and "<b>withheld</b>" in page


def test_with_nothing_the_page_says_what_will_stand_there(pages):
    assert "When the sources have rows, their counts will stand here." in pages("nothing")


def test_the_six_kinds_of_nothing_are_told_apart(pages):
    page = pages("records")
    assert all(kind in page for kind in ("Zero", "Not recorded", "Unknown", "Not applicable", "Withheld", "&lt;5"))


def test_a_title_cannot_break_out_of_the_page(release_of, edition):
    from dataclasses import replace

    from palermo.reports import NullRenderer, write_report

    title = '</style><script>alert("x")</script>'
    page = write_report(release_of(), replace(edition, title=title), labels=PlainLabels(), renderer=NullRenderer())
    assert "<script" not in page and page.count("</style>") == 1


def test_a_country_of_ones_own_is_put_on_the_map_where_the_call_says(tables, release_of, edition):
    from palermo.reports import NullRenderer, write_report

    flows = tables({"total total": 90, "XVM POL": 50, "UKR XVM": 40}, "citizenship country_of_exploitation")
    places = {"XVM": (5.6, 39.2)}
    seen = []

    class Watching(NullRenderer):
        def draw(self, spec):
            seen.append(spec)
            return super().draw(spec)

    write_report(release_of(flows), edition, labels=PlainLabels(), places=places, renderer=Watching())
    assert seen[0].marks.flows[0].origin.at == (5.6, 39.2)


def test_a_long_table_shows_20_rows_and_the_rest_on_request(pages):
    page = pages("synthetic")
    table = page[page.index('<caption id="table-corridors">') :]
    assert table[: table.index("</table>")].count("<tr") == 21
    assert "<summary>The other" in table


def test_the_whole_hash_of_every_source_is_on_the_page(pages):
    page = pages("records")
    assert all(f"<code>{source.sha256}</code>" in page for source in SAMPLES["records"]().edition.sources)


@pytest.mark.parametrize("name", ["records", "aggregates"])
def test_every_link_to_data_is_a_table_of_the_release_and_every_table_is_linked(pages, name):
    linked = set(re.findall(r'href="tables/([\w-]+)\.csv"', pages(name)))
    assert linked == {table.name for table in SAMPLES[name]().release.tables}


def test_every_figure_has_its_caution_its_source_with_the_release_and_its_data(pages):
    figures = re.findall(r"<figure.*?</figure>", pages("records"), re.S)
    assert len(figures) > 8
    for figure in figures:
        assert 'class="note caution"' in figure and 'href="tables/' in figure
        assert "Release 4f2a90c1be37" in figure


def test_counts_of_reported_victims_are_called_what_they_are(pages):
    titles = re.findall(r"<h3 id=\"title-[^>]*>(.*?)</h3>", pages("aggregates"))
    assert titles[0].startswith("Detected victims: at least 49,592 in 2019, the most of any complete year")
    assert sum("etected victims" in title for title in titles) == 4


def test_a_table_without_dimensions_is_one_number(tables, release_of, edition):
    table = tables({"": 1234}, "")
    report = describe(release_of(table), edition, previous=release_of(table), labels=PlainLabels())
    assert [(row.head, row.values[0].text) for row in report.tables[0].rows] == [("Total", "1,234")]


def test_behind_a_figure_of_two_dimensions_stand_just_these_two():
    sample = SAMPLES["records"]()
    report = describe(sample.release, sample.edition, labels=PlainLabels())
    lines = next(figure for figure in report.figures if figure.name.endswith("-lines"))
    assert lines.table.head == "Form of exploitation" and len(lines.table.rows) < 15


def test_a_total_over_statuses_is_said_to_be_no_number_of_victims():
    sample = SAMPLES["records"]()
    report = describe(sample.release, sample.edition, labels=PlainLabels())
    table = next(table for table in report.tables if table.name == "by-entity-and-status")
    assert "no number of victims" in table.notes[-1]
    assert report.key_figures[0].words == "records in this release, of every status"
