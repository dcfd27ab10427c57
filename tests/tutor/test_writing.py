"""What is written: to the length that is wanted, on the topic, in its form, and differently each time."""

import re

import pytest

from helpers import tokens
from helpers.practice import tutor
from helpers.practice.tutor import terms
from helpers.practice.tutor.data import load
from helpers.practice.tutor.question import Message, Question


def said(text: str, **fields) -> str:
    return tutor.answer(Question((Message("user", text),), **fields)).content


# ── Length ──────────────────────────────────────────────────────────────────────────────────────────────

TOPICS = ["the sea", "tokens", "how large language models generate text", "my mother", "climate change"]
TOPICS_ZH = ["大海", "我的妈妈", "杭州", "猫", "气候变化"]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+|(?<=[。！？])", text) if part.strip()]


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("kind", ["text", "story", "poem", "essay"])
@pytest.mark.parametrize("number", [20, 60, 100, 350, 1500])
def test_words_come_within_ten_percent(kind: str, number: int, topic: str) -> None:
    for temperature, seed in ((0.0, None), (1.5, 7)):
        text = said(f"Write a {kind} of {number} words about {topic}.", temperature=temperature, seed=seed)
        assert abs(len(text.split()) - number) <= number * 0.1


@pytest.mark.parametrize("topic", TOPICS_ZH)
@pytest.mark.parametrize("kind", ["短文", "故事", "诗"])
@pytest.mark.parametrize("number", [50, 100, 300, 2000])
def test_characters_come_within_ten_percent(kind: str, number: int, topic: str) -> None:
    text = said(f"写一篇{number}字的{kind}，关于{topic}")
    bare = len(re.findall(r"[\u3400-\u9fff]", text))
    with_marks = len("".join(text.split()))
    assert abs((bare + with_marks) / 2 - number) <= number * 0.05
    assert bare >= number * 0.85
    assert with_marks <= number * 1.15


@pytest.mark.parametrize("number", [1, 2, 3, 5, 8, 20])
@pytest.mark.parametrize("topic", TOPICS)
def test_sentences_lines_paragraphs_and_items_come_exactly(topic: str, number: int) -> None:
    assert len(sentences(said(f"Write {number} sentences about {topic}."))) == number
    assert len(lines(said(f"Write a poem of {number} lines about {topic}."))) == number
    assert len(said(f"Write {number} paragraphs about {topic}.").split("\n\n")) == number
    assert len(lines(said(f"Give me {number} ideas for {topic}."))) == number
    assert len(sentences(said(f"写{number}句话，关于大海"))) == number


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Describe tea in at most 40 words.", 20, 40),
        ("Describe tea in 30 to 50 words.", 30, 50),
        ("Describe tea in at least 200 words.", 200, 230),
        ("Write one word about tea.", 1, 1),
        ("Write exactly 7 words about tea.", 7, 7),
        ("Write two paragraphs of 40 words each about tea.", 72, 88),
        ("Write a hundred and twenty words about tea.", 108, 132),
    ],
)
def test_limits_and_ranges_are_kept(text: str, least: int, most: int) -> None:
    assert least <= len(said(text).split()) <= most


def test_tokens_are_counted_as_they_are_billed() -> None:
    assert 450 <= tokens.count(said("Write about 500 tokens on how large language models generate text.")) <= 550
    assert 450 <= tokens.count(said("写一篇500个token的文章，关于大海")) <= 550


@pytest.mark.parametrize(
    "text",
    [
        "Write 500 sentences of 9 words each about tea.",
        "Write 90 paragraphs of 900 sentences each about tea.",
        "Write 300 lines of 9000 words each about tea.",
        "Give me 5000 ideas for tea.",
        "Write a poem of 9999 lines.",
        "写9999句话，每句9999字",
    ],
)
def test_no_wish_is_too_large_to_be_answered(text: str) -> None:
    assert 1000 < len(said(text)) < 200_000


def test_more_than_is_written_is_cut_and_said_so() -> None:
    text = said("Write 100000 words about the sea.")
    assert 5400 <= len(text.split()) <= 6700
    assert text.endswith("writes.)")


# ── Content ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text", ["Write 2000 words about the sea.", "Write a 2000-word story about a fox.", "写一篇3000字的文章，关于大海"]
)
@pytest.mark.parametrize("temperature", [0.0, 1.0, 1.9])
def test_long_text_repeats_no_sentence_within_sight(text: str, temperature: float) -> None:
    """Twenty sentences are more than a screen. Very short ones may come back sooner."""
    written = [
        each
        for each in sentences(said(text, temperature=temperature))
        if len(each) > 45 or (len(each) > 15 and not each.isascii())
    ]
    for at, sentence in enumerate(written):
        assert sentence not in written[max(0, at - 20) : at]


@pytest.mark.parametrize("topic", ["glass-blowing in Murano", "quokkas", "my grandmother's bicycle", "the number 7"])
@pytest.mark.parametrize("kind", ["text", "poem", "story", "slogan", "paragraph", "essay", "haiku", "tweet"])
def test_text_speaks_of_its_topic(kind: str, topic: str) -> None:
    assert topic.split()[-1].lower() in said(f"Write a {kind} about {topic}").lower()


@pytest.mark.parametrize("topic", ["量子纠缠", "我家的旧自行车", "敦煌壁画"])
@pytest.mark.parametrize("kind", ["短文", "诗", "故事", "广告语", "标题"])
def test_chinese_text_speaks_of_its_topic(kind: str, topic: str) -> None:
    assert topic in said(f"写一个关于{topic}的{kind}")


def test_text_about_a_term_says_what_is_true_of_it() -> None:
    text = said("Write 300 words about tokens.")
    assert terms.about("tokens", "en")[0] in text
    assert text.index("A token is") == 0


def test_text_can_be_in_the_other_language() -> None:
    assert said("请用英文写一首关于月亮的诗").isascii()
    assert "春天" in said("Write a poem about spring in Chinese")


def test_it_means_what_was_spoken_of_before() -> None:
    question = Question(
        (
            Message("user", "Write a poem about otters."),
            Message("assistant", "…"),
            Message("user", "Now write a story about them."),
        )
    )
    assert "otters" in tutor.answer(question).content


def test_somebody_is_what_a_story_is_about() -> None:
    text = said("Tell me a story about a brave little mouse.")
    assert text.count("the brave little mouse") + text.count("The brave little mouse") >= 3


def test_email_has_its_parts() -> None:
    text = said("Write an email to my boss asking for a day off.")
    assert text.startswith("Subject: ")
    assert "Dear Boss," in text
    assert "to ask for a day off" in text
    assert text.endswith("[Your name]")
    assert "老板：" in said("给老板写一封邮件，请假一天")


def test_classical_poem_has_its_form() -> None:
    title, *poem = said("写一首七言绝句，主题是秋天").splitlines()
    assert title == "《秋天》"
    assert [len(line) for line in poem] == [8, 8, 8, 8]


def test_temperature_and_seed_vary_a_text() -> None:
    prompt = "Write three sentences about the moon."
    cold = {said(prompt, temperature=0, seed=seed) for seed in range(8)}
    warm = {said(prompt, temperature=1, top_p=1, seed=seed) for seed in range(8)}
    hot = {said(prompt, temperature=1.9, top_p=1, seed=seed) for seed in range(8)}
    assert len(cold) == 1
    assert 3 <= len(warm) <= len(hot)
    assert len({text.split(".")[0] for text in hot}) >= 3


@pytest.mark.parametrize("language", ["en", "zh"])
def test_frames_leave_no_gap_unfilled(language: str) -> None:
    """Every frame of the data names only gaps that a writer fills."""
    known = {
        *load(f"writing/{language}")["slots"],
        "topic",
        "word",
        "title",
        "hero",
        "the hero",
        "name",
        "recipient",
        "purpose",
        "subject",
    }
    frames = str(load(f"writing/{language}")) + str(load(f"writing/domains_{language}")["domain"])
    gaps = {gap[0].lower() + gap[1:] for gap in re.findall(r"\{([A-Za-z][a-z ]*)\}", frames)}
    assert gaps <= known


@pytest.mark.parametrize("text", ["Another one please", "Continue", "One more", "再来一首", "继续"])
def test_another_one_is_another_text_of_the_same_kind(text: str) -> None:
    before = (Message("user", "Write a poem of 6 lines about otters."), Message("assistant", "…"))
    poem = tutor.answer(Question((*before, Message("user", text)))).content
    assert len(lines(poem)) == 6
