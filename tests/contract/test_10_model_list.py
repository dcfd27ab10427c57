"""Contract 10: the list of models."""

import pytest
from framing import gateway_error


def test_10_the_list(http) -> None:
    response = http.get("/models")
    assert response.status_code == 200
    body = response.json()
    assert list(body) == ["object", "data"]
    assert body["object"] == "list"
    assert "qwen-plus" in [entry["id"] for entry in body["data"]]
    for entry in body["data"]:
        assert list(entry) == ["id", "object", "created", "owned_by"]
        assert (entry["object"], entry["owned_by"]) == ("model", "system")
        assert isinstance(entry["created"], int)


def test_10_no_model_twice(http) -> None:
    ids = [entry["id"] for entry in http.get("/models").json()["data"]]
    assert len(ids) == len(set(ids))


def test_10_the_sdk_reads_it(sdk) -> None:
    assert "qwen-plus" in [model.id for model in sdk.models.list()]


@pytest.mark.parametrize("headers", [{"authorization": "Bearer sk-mistyped"}, {}])
def test_10_a_key_is_needed(keyless, headers: dict) -> None:
    error = gateway_error(keyless.get("/models", headers=headers), 401)
    assert error["code"] == ("invalid_api_key" if headers else None)
