"""The figures of an exchange as short phrases, as far as they are known: how it ended, seconds, tokens, yuan."""

from collections.abc import Iterator

from helpers.catalogue import models
from helpers.readable import shortened
from helpers.tap.exchange import Ending, Exchange

UNFINISHED: dict[Ending, str] = {"open": "still open", "closed": "closed by the client before the end"}


def figures(exchange: Exchange) -> Iterator[str]:
    """Seconds count from the request; yuan are those of Beijing (catalogue.toml)."""
    if unfinished := UNFINISHED.get(exchange.ending):
        yield unfinished
    elif exchange.ending == "broken":
        yield f"broken ({shortened(exchange.failure or '')})"
    if exchange.seconds is not None:
        yield f"{exchange.seconds:.2f} s"
    if exchange.ttft is not None:
        yield f"first token after {exchange.ttft:.2f} s"
    if events := len(exchange.events):
        yield f"{events:,} event{'s' if events > 1 else ''}"
    prompt, completion, reasoning = exchange.prompt_tokens, exchange.completion_tokens, exchange.reasoning_tokens
    if prompt is None or completion is None:
        return
    yield f"{prompt:,} prompt tokens"
    yield f"{completion:,} completion tokens" + (f" ({reasoning:,} of them reasoning)" if reasoning else "")
    if exchange.tokens_per_second is not None:
        yield f"{exchange.tokens_per_second:.1f} tokens/s"
    if (cost := yuan(exchange)) is not None:
        practice = "x-practice-endpoint" in exchange.response_headers
        yield f"would cost about {cost:.6f} yuan" if practice else f"costs about {cost:.6f} yuan at Beijing prices"


def yuan(exchange: Exchange) -> float | None:
    """What the call costs in Beijing (catalogue.toml); None where its tokens or its model's price are not known."""
    model, prompt, completion = models().get(exchange.model or ""), exchange.prompt_tokens, exchange.completion_tokens
    if model is None or prompt is None or completion is None:
        return None
    return model.yuan(prompt, completion, thought=bool(exchange.reasoning_tokens or exchange.reasoning))
