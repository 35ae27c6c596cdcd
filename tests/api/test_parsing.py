import pytest
from ninja import Router

from django_layers.schemas import RequestSchema
from tests.api.serving import api_of, client_of


class Create(RequestSchema):
    text: str = ""
    number: float = 0


@pytest.fixture
def client(settings):
    router = Router()

    @router.post("/things")
    def create_thing(request, data: Create):
        return None

    return client_of(settings, api_of(router))


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ('{"text": }', "Expecting value at line 1, column 10."),
        ('{"number": NaN}', "NaN is no number of JSON."),
        ('{"number": -Infinity}', "-Infinity is no number of JSON."),
        ('{"text": "a", "text": "b"}', "gives a name twice"),
        ('{"number": ' + "9" * 5000 + "}", "too long"),
        (b'{"text": "\xff"}', "UTF-8"),
        ("[" * 100_000, ""),
    ],
    ids=["syntax", "nan", "infinity", "twice", "digits", "encoding", "depth"],
)
@pytest.mark.parametrize("debug", [True, False])
def test_a_body_that_is_no_strict_json_is_refused_with_400(settings, client, body, detail, debug):
    settings.DEBUG = debug

    response = client.post("/api/things", body, content_type="application/json")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "malformed_body"
    assert detail in response.json()["detail"]
