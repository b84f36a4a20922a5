import re

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from hanse.kit import stylesheets
from hanse.kit.tests import samples

PAGES = {
    "kit/components.html": samples.components,
    "kit/samples/plate.html": samples.hexplate,
    "kit/samples/portrait.html": samples.portrait,
}


def rendered(template, **context):
    return Template(template).render(Context(context))


@pytest.mark.parametrize("name", PAGES)
def test_pages_keep_the_strict_policy(look, name):
    request = RequestFactory().get("/components/")
    html = render_to_string(name, PAGES[name](request), request)
    assert len(re.findall("<h1", html)) == 1
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*src=)", html)
    assert html.startswith("<!doctype html>")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_joined_style_sheet_is_up_to_date():
    assert stylesheets.JOINED.read_text() == stylesheets.joined() + "\n"


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ('{% notice kind="loud" %}x{% endnotice %}', ValueError),
        ('{% badge "maybe" %}', ValueError),
        ("{% stars 4 %}", ValueError),
        ("{% data_table 3 %}", TypeError),
        ("{% field 3 %}", TypeError),
    ],
)
def test_wrong_argument_raises(template, error):
    with pytest.raises(error):
        rendered(template)


def test_misspelt_argument_raises():
    with pytest.raises(Exception, match="unexpected keyword argument"):
        rendered('{% notice kint="ok" %}x{% endnotice %}')


def test_content_of_a_component_is_escaped_once():
    html = rendered(
        '{% notice word=word %}<a href="#">x</a> {{ name }}{% endnotice %}',
        name="<i>",
        word="A & B",
    )
    assert html == (
        '<div class="notice"><b class="word">A &amp; B</b> <a href="#">x</a> &lt;i&gt;</div>'
    )


def test_field_says_what_is_wrong_and_is_bound_to_it():
    html = rendered("{% field form.amount %}", form=samples.form())
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_amount_error"' in html
    assert '<span class="bad-say" id="id_amount_error">62,000 is above' in html


def test_stars_say_themselves():
    assert 'aria-label="1 of 3 stars, 1 not yet known"' in rendered("{% stars 1 unclear=1 %}")


def test_pager_keeps_the_rest_of_the_address():
    request = RequestFactory().get("/?sector=C29&page=4")
    page = samples.components(request)["page"]
    html = rendered("{% pager page %}", page=page, request=request)
    assert '<b aria-current="page">4</b>' in html
    assert 'href="?sector=C29&amp;page=5"' in html
