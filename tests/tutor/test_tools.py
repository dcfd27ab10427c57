"""Calling declared functions: which, with which arguments, and what is said of the results (contract 4.3, 5.4, 8)."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.practice import tutor
from helpers.practice.tutor.question import Message, Question, Tool, ToolCall


def tool(name: str, description: str, *required: str, **properties) -> Tool:
    """A tool whose parameters are texts unless `properties` says otherwise."""
    parts = {field: {"type": "string"} for field in required} | properties
    return Tool(name, description, {"type": "object", "properties": parts, "required": list(required)})


WEATHER = tool(
    "get_current_weather",
    "Get the current weather in a given location",
    "location",
    location={"type": "string", "description": "The city and state, e.g. San Francisco, CA"},
    unit={"type": "string", "enum": ["celsius", "fahrenheit"]},
)
WEATHER_ZH = tool(
    "get_current_weather",
    "当你想查询指定城市的天气时非常有用。",
    "location",
    location={"type": "string", "description": "城市或县区，比如北京市、杭州市、余杭区等。"},
)
TIME_ZH = Tool("get_current_time", "当你想知道现在的时间时非常有用。", {})
CALCULATE = tool("calculate", "Evaluate a mathematical expression", "expression")
NUMBER = {"type": "number"}
ADD = tool("add", "Add two numbers", "a", "b", a=NUMBER, b=NUMBER)
CONVERT = tool("convert_currency", "Convert money", "amount", "from_currency", "to_currency", amount=NUMBER)
TRANSLATE = tool("translate_text", "Translate text", "text", "target_language")
STOCK = tool("get_stock_price", "Get the current stock price", "symbol")
EMAIL = tool("send_email", "Send an email", "to", "body", to={"type": "string", "description": "email address"})
EVENT = tool(
    "create_event",
    "Create a calendar event",
    "date",
    date={"type": "string", "format": "date"},
    time={"type": "string"},
    attendees={"type": "array", "items": {"type": "string"}},
)
FLIGHTS = tool("search_flights", "Find flights", "origin", "destination", date={}, passengers={"type": "integer"})
SEARCH = tool("web_search", "Search the web", "query", limit={"type": "integer"})
LIGHT = tool("set_light", "Turn the light on or off", "state", state={"enum": ["on", "off"]}, room={})
ORDER = tool("get_order_status", "Look up the status of an order", "order_id")
HOTEL = tool(
    "book_hotel", "Book a hotel room", "city", "nights", nights={"type": "integer"}, breakfast={"type": "boolean"}
)
STRICT = tool("get_forecast", "Weather forecast", "city", "days", days={"type": ["integer", "null"]})
EVERYTHING = (WEATHER, CALCULATE, CONVERT, TRANSLATE, STOCK, EMAIL, EVENT, FLIGHTS, SEARCH, LIGHT, ORDER, HOTEL)


def asked(text: str, *tools: Tool, before: tuple[Message, ...] = (), **fields) -> Question:
    return Question((*before, Message("user", text)), tools=tools, **fields)


def calls(question: Question) -> list[tuple[str, dict]]:
    return [(call.name, json.loads(call.arguments)) for call in tutor.answer(question).tool_calls]


CALLS = [
    ("What is the weather like in Hangzhou?", WEATHER, {"location": "Hangzhou"}),
    (
        "What's the weather in San Francisco, CA in fahrenheit?",
        WEATHER,
        {"location": "San Francisco, CA", "unit": "fahrenheit"},
    ),
    ("Do I need an umbrella in london tomorrow?", WEATHER, {"location": "london"}),
    ("How hot is it in Ouagadougou right now?", WEATHER, {"location": "Ouagadougou"}),
    ("杭州天气怎么样", WEATHER_ZH, {"location": "杭州"}),
    ("帮我查一下明天上海的天气", WEATHER_ZH, {"location": "上海"}),
    ("余杭区今天冷不冷", WEATHER_ZH, {"location": "余杭区"}),
    ("乌镇的天气", WEATHER_ZH, {"location": "乌镇"}),
    ("现在几点了？", TIME_ZH, {}),
    ("What is 3*(4+5)?", CALCULATE, {"expression": "3*(4+5)"}),
    ("12加30等于多少", CALCULATE, {"expression": "12 + 30"}),
    ("Add 2 and 3", ADD, {"a": 2, "b": 3}),
    ("Convert 100 US dollars to yuan", CONVERT, {"amount": 100, "from_currency": "USD", "to_currency": "CNY"}),
    (
        "How much is 2,500.50 euros in dollars?",
        CONVERT,
        {"amount": 2500.5, "from_currency": "EUR", "to_currency": "USD"},
    ),
    ("100美元换成人民币是多少", CONVERT, {"amount": 100, "from_currency": "USD", "to_currency": "CNY"}),
    ('Translate "good morning" to French', TRANSLATE, {"text": "good morning", "target_language": "French"}),
    ("把你好世界翻译成英文", TRANSLATE, {"text": "你好世界", "target_language": "英文"}),
    ("How is the AAPL stock doing?", STOCK, {"symbol": "AAPL"}),
    (
        "Send an email to bob@example.com saying the meeting is at 3pm",
        EMAIL,
        {"to": "bob@example.com", "body": "the meeting is at 3pm"},
    ),
    (
        "Create a meeting tomorrow at 3pm with Alice and Bob",
        EVENT,
        {"date": "tomorrow", "time": "3pm", "attendees": ["Alice", "Bob"]},
    ),
    (
        "Find flights from Beijing to Paris on May 5 for 2 people",
        FLIGHTS,
        {"origin": "Beijing", "destination": "Paris", "date": "May 5", "passengers": 2},
    ),
    ("I need a flight to Tokyo from Shanghai", FLIGHTS, {"origin": "Shanghai", "destination": "Tokyo"}),
    ("我想订从上海飞往东京的机票，两个人", FLIGHTS, {"origin": "上海", "destination": "东京", "passengers": 2}),
    ("Search for news about quantum computing", SEARCH, {"query": "news about quantum computing"}),
    ("搜索最新的人工智能论文", SEARCH, {"query": "最新的人工智能论文"}),
    ("turn off the light in the kitchen", LIGHT, {"state": "off", "room": "kitchen"}),
    ("把客厅的灯打开", LIGHT, {"state": "on", "room": "客厅"}),
    ("Where is my order A12345?", ORDER, {"order_id": "A12345"}),
    ("查询订单号 20261123001 的物流", ORDER, {"order_id": "20261123001"}),
    ("Book a hotel in Rome for 3 nights with breakfast", HOTEL, {"city": "Rome", "nights": 3, "breakfast": True}),
    ("Book a hotel in Rome for two nights without breakfast", HOTEL, {"city": "Rome", "nights": 2, "breakfast": False}),
    ("Weather forecast for Berlin", STRICT, {"city": "Berlin", "days": None}),
]


@pytest.mark.parametrize(("text", "wanted", "arguments"), CALLS)
def test_fitting_function_is_called_with_what_was_said(text: str, wanted: Tool, arguments: dict) -> None:
    answer = tutor.answer(asked(text, wanted))
    assert [(call.name, json.loads(call.arguments)) for call in answer.tool_calls] == [(wanted.name, arguments)]
    assert answer.content == ""


@pytest.mark.parametrize(("text", "wanted", "arguments"), [row for row in CALLS if row[1] in EVERYTHING])
def test_fitting_function_is_found_among_many(text: str, wanted: Tool, arguments: dict) -> None:
    assert calls(asked(text, *EVERYTHING)) == [(wanted.name, arguments)]


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "Who are you?",
        "What is a token?",
        "What is the temperature parameter in an LLM?",
        "What is the capital of France?",
        "How many r's are in strawberry?",
        "Write a poem about the weather in Hangzhou",
        "写一首关于天气的诗",
        "Thanks, that helps!",
        "What is love?",
        "你是谁？",
        "什么是上下文窗口",
    ],
)
def test_what_no_function_fits_is_answered_as_ever(text: str) -> None:
    tools = (WEATHER, TIME_ZH, ORDER, LIGHT)
    assert tutor.answer(asked(text, *tools)) == tutor.answer(asked(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("What's the weather like?", WEATHER), ("明天天气怎么样？", WEATHER_ZH), ("Where is my order?", ORDER)],
)
def test_what_is_missing_is_asked_for(text: str, wanted: Tool) -> None:
    answer = tutor.answer(asked(text, wanted))
    assert not answer.tool_calls
    assert wanted.parameters["required"][0] in answer.content
    assert answer.content.rstrip().endswith(("?", "？"))


def test_answer_to_what_was_asked_for_completes_the_call() -> None:
    first = "What's the weather like?"
    reply = tutor.answer(asked(first, WEATHER)).content
    before = (Message("user", first), Message("assistant", reply))
    assert calls(asked("Hangzhou", WEATHER, before=before)) == [("get_current_weather", {"location": "Hangzhou"})]


@pytest.mark.parametrize(
    ("first", "then", "tools", "place"),
    [
        ("Weather in Hangzhou?", "And in Shanghai?", WEATHER, "Shanghai"),
        ("杭州天气怎么样", "那上海呢？", WEATHER_ZH, "上海"),
    ],
)
def test_question_that_goes_on_from_the_last_one_is_understood(first, then, tools, place) -> None:
    before = (Message("user", first), Message("assistant", "Sunny."))
    assert calls(asked(then, tools, before=before)) == [("get_current_weather", {"location": place})]


def test_tool_choice_is_obeyed() -> None:
    assert calls(asked("Weather in Hangzhou?", WEATHER, tool_choice="none")) == []
    assert calls(asked("Hello", WEATHER, TIME_ZH, tool_choice="get_current_time")) == [("get_current_time", {})]
    [(name, arguments)] = calls(asked("Hello", WEATHER, tool_choice="required"))
    assert name == "get_current_weather"
    assert isinstance(arguments["location"], str)


def test_several_calls_only_where_they_are_allowed() -> None:
    text = "What is the weather in Hangzhou and Shanghai?"
    both = [("get_current_weather", {"location": place}) for place in ("Hangzhou", "Shanghai")]
    assert calls(asked(text, WEATHER)) == both[:1]
    assert calls(asked(text, WEATHER, parallel_tool_calls=True)) == both
    mixed = calls(asked("杭州的天气，以及现在几点", WEATHER_ZH, TIME_ZH, parallel_tool_calls=True))
    assert mixed == [("get_current_weather", {"location": "杭州"}), ("get_current_time", {})]


def test_day_is_worked_out_where_the_messages_say_what_today_is() -> None:
    before = (Message("system", "Today is 2026-11-30."),)
    assert calls(asked("Create an event tomorrow", EVENT, before=before)) == [("create_event", {"date": "2026-12-01"})]


def test_thinking_comes_with_a_call() -> None:
    assert "get_current_weather" in tutor.answer(asked("Weather in Hangzhou?", WEATHER, thinking=True)).thinking


# ── Results ──────────────────────────────────────────────────────────────────────────────────────────────────────

CALL = ToolCall("get_current_weather", '{"location": "Hangzhou"}')


def result(*texts: str, question: str = "What is the weather in Hangzhou?", role: str = "tool", **fields) -> str:
    before = (Message("user", question), Message("assistant", "", (CALL,) * len(texts)))
    answer = tutor.answer(Question((*before, *(Message(role, text) for text in texts)), tools=(WEATHER,), **fields))
    assert not answer.tool_calls
    return answer.content


@pytest.mark.parametrize("role", ["tool", "function"])
@pytest.mark.parametrize("choice", ["auto", "required", "get_current_weather"])
def test_result_is_put_into_words_and_nothing_called_again(role: str, choice: str) -> None:
    said = result('{"temperature": 18, "unit": "celsius", "rain": false}', role=role, tool_choice=choice)
    assert "Hangzhou: temperature is 18, unit is celsius and rain is false." in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Sunny, 18 degrees", "Sunny, 18 degrees"),
        ('{"forecast": [{"day": "Mon", "high": 20}]}', "forecast 1 high is 20"),
        ('{"error": "unknown city"}', "error is unknown city"),
        ("[1, 2, 3]", "1, 2, 3"),
        ("42", "42"),
        ("[]", "nothing"),
        ("", "nothing"),
        ('{"windSpeed": null}', "wind speed is unknown"),
        ("{broken", "{broken"),
    ],
)
def test_any_form_of_result_is_readable(text: str, part: str) -> None:
    assert part in result(text)


def test_results_in_chinese_and_several_of_them() -> None:
    assert "气温 18" in result('{"temperature": 18}', question="杭州天气")
    assert result("sunny", "cloudy").count("\n- ") == 2


@settings(deadline=None)
@given(
    st.text(max_size=200)
    | st.recursive(
        st.integers() | st.text(max_size=5), lambda x: st.lists(x) | st.dictionaries(st.text(max_size=5), x)
    ).map(json.dumps)
)
def test_any_result_is_answered(text: str) -> None:
    assert result(text)
