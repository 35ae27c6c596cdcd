import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from django_layers.api import if_match, set_etag
from django_layers.errors import RuleViolated, Stale


def expected(header):
    return if_match(RequestFactory().get("/", headers={"If-Match": header} if header is not None else {}))


@pytest.mark.parametrize(
    ("header", "version"), [(None, None), ("*", None), (" * ", None), ('"3"', 3), (' "0" ', 0), ('"999999"', 999999)]
)
def test_the_version_that_the_caller_expects(header, version):
    assert expected(header) == version


@pytest.mark.parametrize("header", ['W/"3"', '"abc"', '"03"', '"-1"', '""', '"' + "9" * 30 + '"'])
def test_a_tag_that_no_version_has_is_stale(header):
    with pytest.raises(Stale):
        expected(header)


@pytest.mark.parametrize("header", ["3", "", '"3', '"3" "4"', "'3'", '"a b"', '*, "3"', '"\u0663"', '"3",'])
def test_a_malformed_header_is_refused(header):
    with pytest.raises(RuleViolated, match="malformed") as refusal:
        expected(header)

    assert refusal.value.fields == ("If-Match",)


def test_several_versions_are_refused():
    with pytest.raises(RuleViolated, match="several"):
        expected('"3", "4"')


def test_the_etag_of_a_response_is_what_if_match_reads():
    response = HttpResponse()

    set_etag(response, 3)

    assert response["ETag"] == '"3"'
    assert expected(response["ETag"]) == 3
