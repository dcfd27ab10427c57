"""Contract 2: which ids name a model."""

import pytest
from framing import gateway_error


def not_found(model: str) -> dict[str, object]:
    return {
        "message": f"The model `{model}` does not exist or you do not have access to it.",
        "type": "invalid_request_error",
        "param": None,
        "code": "model_not_found",
    }


@pytest.mark.parametrize("model", ["Qwen-Plus", "QWEN-PLUS", "qwen-Plus"])
def test_2_ids_are_case_sensitive(chat, model: str) -> None:
    assert gateway_error(chat(model=model), 404) == not_found(model)


def test_2_hugging_face_names_are_no_ids(chat) -> None:
    assert gateway_error(chat(model="Qwen/Qwen3-32B"), 404) == not_found("Qwen/Qwen3-32B")


@pytest.mark.assumption(1)
def test_2_3_no_model_is_called_qwen3_5_32b(chat) -> None:
    assert gateway_error(chat(model="qwen3.5-32b"), 404) == not_found("qwen3.5-32b")
