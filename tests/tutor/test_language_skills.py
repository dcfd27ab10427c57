"""Which skill takes which wording, and what greeting, terms, listing, repeating and fallback answer."""

import re
import time

import pytest

from helpers.practice import tutor
from helpers.practice.tutor import terms
from helpers.practice.tutor.question import Message, Question
from helpers.practice.tutor.voice import Voice


def asked(text: str, **fields) -> Question:
    return Question((Message("user", text),), **fields)


def said(text: str, **fields) -> str:
    return tutor.answer(asked(text, **fields)).content


def skill_for(text: str) -> str:
    """The name of the skill whose draft wins for `text`; "fallback" where there is none."""
    question = asked(text)
    voice = Voice(question)
    winners = (skill for skill in tutor.SKILLS if skill(question, voice))
    return next((skill.__module__.rsplit(".", 1)[1] for skill in winners), "fallback")


# ── Who takes what ───────────────────────────────────────────────────────────────────────────────────────────────

WORDINGS = {
    "greeting": """
        Hello
        hi there!
        Hey :)
        Good morning!
        Good evening
        How are you?
        Hello, how are you today?
        Thanks a lot!
        thank you very much
        Bye!
        See you tomorrow
        Who are you?
        Hello! Who are you?
        What can you do?
        What can you do for me?
        What model are you?
        Which model are you, exactly?
        Are you ChatGPT?
        Are you a real model?
        Introduce yourself in one sentence.
        Please introduce yourself.
        Tell me about yourself
        Hello, world!
        ping
        你好
        你好！
        您好，请问你是谁？
        早上好
        晚上好！
        嗨
        谢谢
        非常感谢！
        再见
        你是谁？
        你叫什么名字？
        你能做什么？
        你会什么
        你是什么模型？
        你是通义千问吗？
        请介绍一下你自己
        用一句话介绍你自己
        你好，请做个自我介绍
        Hi, how's it going?
        who r u
        What are you capable of?
        Can you tell me what model you are?
        Thank you so much for your help!
        Good night
        哈喽，你是谁呀
        请问你能帮我做什么呢？
        谢谢你的帮助
        你是谁开发的？
    """,
    "terms": """
        What is a token?
        what's a token
        What are tokens?
        Explain what a token is.
        Can you explain what tokens are in one sentence?
        What does temperature do?
        What does the parameter top_p mean?
        Define context window
        context window?
        What is the context window of an LLM?
        Please explain streaming in simple terms, with an example.
        What's the difference between temperature and top_p?
        temperature vs top_p
        How does streaming work?
        Tell me about few-shot prompting
        What is the role of the system prompt?
        What is `max_tokens`?
        What are prompt tokens and completion tokens?
        Explain SSE.
        What is RAG and why does it matter?
        Hi! Could you please tell me what a token is? Thanks!
        What does finish_reason "length" mean?
        What is temprature?
        What does HTTP status 429 mean?
        What is an HTTP 401 error?
        In two sentences, what is a guardrail?
        What is Qwen?
        Compare RPM and TPM
        How is a chunk different from a delta?
        What is meant by hallucination?
        What is exponential backoff with jitter?
        什么是token？
        token是什么
        温度参数是什么意思
        解释一下上下文窗口
        请用一句话解释什么是流式输出
        temperature和top_p有什么区别？
        大模型的幻觉是什么？
        请介绍一下百炼
        什么是思维链，举个例子
        提示词注入和越狱有什么不同
        API里的token是什么意思
        system prompt 有什么用
        流式输出的工作原理是什么
        你好，请问什么是提示词工程？
        首token时间是什么
        请简单说明 RLHF
        429错误是什么意思
        什么是混淆矩阵
        Could you define "token" for me?
        I don't understand what temperature means. Can you explain it?
        What does "temperature" control in an LLM?
        Give me a one-sentence definition of streaming.
        What is a token in the context of large language models?
        Explain the difference between a system prompt and a user prompt.
        How do temperature and top_p differ?
        What does LLM stand for?
        能不能解释一下什么是上下文窗口？
        system和developer角色有什么区别
        给我讲讲什么是注意力机制
        “幻觉”是什么意思？
    """,
    "writing": """
        Write a poem about the sea
        Write a short poem about autumn in four lines.
        Write 100 words about why 9.9 is larger than 9.11
        write a poem about the number 7
        Write about tea
        Tell me a story
        Tell me a joke about cats.
        Give me 5 ideas for a birthday party
        Write an email to my boss asking for a day off
        Write a slogan for a tea shop
        Suggest three names for a cat
        What is a good name for a cat?
        Could you please write a 200-word essay on climate change?
        compose a haiku on snow
        A poem about spring
        100 words about tea
        Write three sentences about the moon.
        In 50 words, write about rain
        Write a sentence that contains the word apple
        Write a birthday message for my mother
        Give me three reasons to learn Python
        You are a poet. Write a poem about a token.
        Write a story in which a cat flies
        Write a few sentences about streaming in LLMs
        List 3 tips for better sleep
        Describe a sunset in three sentences.
        Describe the sea
        Introduce Hangzhou in 50 words
        Explain photosynthesis in 100 words
        Explain tokens in 200 words
        Tell me about the ocean
        写一首关于春天的诗
        写一篇100字左右的短文，介绍杭州
        讲个笑话
        给我讲一个关于小猫的故事
        用三句话描述大海
        以“我的家乡”为题写一篇作文，300字
        给老板写一封邮件，请假一天
        为一家茶馆想五个名字
        给我的猫起个名字
        给我三个学习Python的建议
        写一段关于人工智能的文字，约200字
        写一首五言绝句，主题是秋天
        写诗
        帮我写一个茶叶的广告语
        关于春天，写100字
        写50字的自我介绍
        请你写一段话介绍北京
        写五个关于咖啡的标题
        请用英文写一首关于月亮的诗
        描写一下夏天的夜晚，80字
        介绍一下杭州
        Write a two-sentence horror story.
        Name ideas for a coffee shop
        Write a thank-you note to my teacher
        Write about 500 tokens on how large language models generate text.
        Tell me something about the moon in three sentences
        Write a tweet about learning to code, at most 280 characters
        帮我写一段产品介绍，产品是一款智能水杯
        用50个字介绍西湖
        请写一段关于大模型如何生成文本的文字，约300字
        随便写点什么，100字
        写一句祝福语
        写一封邮件给客户，说明发货延迟
    """,
    "listing": """
        Count from 1 to 10
        Count to twenty, one per line
        Count down from 5
        Name three colors
        Name a color.
        Name a random animal. Answer with one word.
        List the days of the week
        What are the planets?
        What are the colors of the rainbow?
        Pick a random number between 1 and 10
        Flip a coin
        Roll a die
        从1数到10
        从10倒数到1
        说出三种水果
        列出三个城市
        随便说一种颜色
        一年有哪些季节
        给我一个1到100之间的随机数
        抛硬币
    """,
    "repeating": """
        Repeat the word hello 5 times
        Say this is a test
        Reply with exactly: OK
        Please reply with the word pong
        Respond only with "yes".
        repeat after me: I love tea
        请只回复“收到”
        请回复：收到
        跟我说：春天来了
    """,
    "fallback": """
        What is love?
        What is the temperature in Paris?
        Translate "token" into Chinese
        Summarize this article in 3 sentences
        Write a Python function that adds two numbers
        What is the title of the book?
        How do I write a poem?
        What is a poem?
        Write a summary of the following text
        Explain quantum computing
        Explain tokens in French
        Write a poem about the sea in French
        What is the history of China?
        What are the roles in the movie?
        stop
        Who am I?
        Hello, I'm Pidan's Dad.
        My name is Tom
        What's the weather today?
        tell me the time
        Say something
        Why do models hallucinate?
        我是谁？
        你好，我叫皮蛋
        把这段话翻译成英文
        总结这段文字
        写一个Python函数
        今天天气怎么样
        你觉得爱是什么
        List 3 countries in Europe
        Name three red fruits
        What is a color?
        Recommend a good restaurant in Hangzhou
        Write me a SQL query to count users
        How old are you?
        Tell me the difference between cats and dogs
        How do I transfer 10,000 RMB to the US?
        Fix the grammar: I has a apple
        帮我查一下明天的航班
        什么是爱情？
    """,
}
OTHERS = """
    decimals | Which is larger, 9.9 or 9.11?
    decimals | Explain step by step which is larger, 9.9 or 9.11
    decimals | Hello, which is larger, 9.9 or 9.11?
    decimals | Which is larger, 9.9 or 9.11? Write your answer in one word.
    decimals | 9.9和9.11哪个大？
    decimals | 用一句话回答：9.9和9.11哪个大
    decimals | 说说9.9和9.11哪个大
    arithmetic | What is 3+4?
    arithmetic | Calculate 12 * 12
    arithmetic | 3加4等于多少
    letters | How many r's are in strawberry?
    letters | How many letters are in the word token?
    letters | strawberry里有几个r
    facts | What is the capital of France?
    facts | 法国的首都是哪里？
"""


def rows(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


@pytest.mark.parametrize(
    ("skill", "text"), [(skill, text) for skill, table in WORDINGS.items() for text in rows(table)]
)
def test_wording_reaches_its_skill(skill: str, text: str) -> None:
    assert skill_for(text) == skill


@pytest.mark.parametrize("row", rows(OTHERS))
def test_reasoning_is_left_to_the_reasoning_skills(row: str) -> None:
    skill, text = row.split(" | ")
    assert skill_for(text) == skill


# ── Greeting ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["Who are you?", "What model are you?", "你是谁？", "你是通义千问吗？"])
def test_it_says_what_it_is_and_how_to_reach_a_model(text: str) -> None:
    answer = said(text, model="qwen3-32b")
    assert "practice endpoint" in answer or "练习端点" in answer
    assert "not a language model" in answer or "不是大模型" in answer
    assert "qwen3-32b" in answer
    assert ".env" in answer


def test_greeting_answers_each_thing_that_was_said() -> None:
    answer = said("Good morning! How are you? Thanks!", temperature=0)
    assert answer.startswith("Good morning!")
    assert "thank you" in answer
    assert "welcome" in answer


def test_greeting_keeps_to_the_language_and_length_asked_for() -> None:
    assert said("你好，请用英文介绍你自己", temperature=0).isascii()
    assert len(re.findall(r"[.!?](?:\s|$)", said("Introduce yourself in one sentence."))) == 1


# ── Terms ────────────────────────────────────────────────────────────────────────────────────────────────────────

TERMS = terms.all_terms()


def test_there_are_enough_terms_and_no_name_has_two_meanings() -> None:
    names = [name.lower() for term in TERMS for name in term.names]
    assert len(TERMS) >= 60
    assert len(names) == len(set(names))


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_every_term_is_explained_in_both_languages(term: terms.Term) -> None:
    assert said(f"What is {term.key}?", temperature=0).startswith(term.en[0])
    assert said(f"请用中文解释 {term.key} 是什么", temperature=0).startswith(term.zh[0])
    assert term.zh[0] in said(f"{term.names[-1]}是什么意思？", temperature=0)
    assert all(sentence.rstrip()[-1] in '.!?"' for sentence in term.en)
    assert all(re.search(r"[。！？”]$", sentence) for sentence in term.zh)


@pytest.mark.parametrize("pair", terms.all_contrasts(), ids=" and ".join)
def test_every_contrast_says_what_sets_the_two_apart(pair: tuple[str, str]) -> None:
    there, back = (said(f"What is the difference between {a} and {b}?", temperature=0) for a, b in (pair, pair[::-1]))
    assert there.split(". ")[0] == back.split(". ")[0]
    assert there != said(f"What is {pair[0]}?", temperature=0)


def test_two_terms_without_a_contrast_are_both_explained() -> None:
    answer = said("What is the difference between a token and a guardrail?", temperature=0)
    assert "A token is" in answer
    assert "A guardrail is" in answer


def test_explanation_has_the_length_and_example_asked_for() -> None:
    definition = terms.about("token", "en")[0]
    assert said("Explain in one sentence what a token is.") == definition
    assert said("用一句话解释token").count("。") == 1
    assert "strawberry" in said("What is a token? Give an example.", temperature=0)
    assert said("Explain tokens in two bullet points").count("\n- ") == 1


def test_field_that_a_term_belongs_to_is_not_what_is_asked_about() -> None:
    assert said("What is temperature in an LLM?", temperature=0) == said("What is temperature?", temperature=0)
    assert said("大模型里的温度是什么", temperature=0) == said("温度是什么", temperature=0)


# ── Listing ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Count from 3 to 6", "3, 4, 5, 6"),
        ("Count from 6 to 3", "6, 5, 4, 3"),
        ("Count from 1 to 4 backwards", "4, 3, 2, 1"),
        ("Count to three, one per line", "1\n2\n3"),
        ("List the numbers from 0 to 20 by 10", "0, 10, 20"),
        ("从5倒数到2", "5, 4, 3, 2"),
        ("数到三", "1, 2, 3"),
        ("What are the seasons?", "Spring, summer, autumn and winter."),
        ("一年有哪些季节？", "春季、夏季、秋季、冬季。"),
    ],
)
def test_rows_are_complete_and_in_order(text: str, answer: str) -> None:
    assert said(text) == answer


def test_counting_stops_somewhere() -> None:
    assert len(said("Count from 1 to 999999999")) < 20_000


def test_examples_are_as_many_as_asked_for_and_all_different() -> None:
    for number in range(2, 13):
        named = said(f"List {number} animals", temperature=1.5, top_p=1, seed=number).splitlines()
        assert len(named) == len({line.split(". ")[1] for line in named}) == number
    assert len({said("Name a color.", temperature=1.5, top_p=1, seed=seed) for seed in range(30)}) >= 5
    assert {said("Name a color.", temperature=0, seed=seed) for seed in range(30)} == {"Blue"}


def test_random_numbers_stay_in_their_range() -> None:
    numbers = {int(said("Pick a random number between 20 and 40", temperature=1.9, top_p=1, seed=s)) for s in range(60)}
    assert len(numbers) >= 4
    assert all(20 <= number <= 40 for number in numbers)


# ── Repeating and fallback ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Say this is a test", "this is a test"),
        ("Reply with exactly: OK", "OK"),
        ('Respond only with "yes" and nothing else.', "yes"),
        ("请只回复“收到”", "收到"),
        ("跟我说：春天来了", "春天来了"),
    ],
)
def test_dictation_is_repeated_word_for_word(text: str, answer: str) -> None:
    assert said(text) == answer


@pytest.mark.parametrize(
    "text", ["What is love?", "Translate this into French: good morning", "Why is the sky blue? " * 50]
)
def test_fallback_says_what_it_is_what_came_and_what_to_do(text: str) -> None:
    question = Question(
        (Message("system", "Be brief."), Message("user", "Hi"), Message("assistant", "Hi!"), Message("user", text))
    )
    answer = tutor.answer(question).content
    assert "not a model" in answer
    assert "4 messages" in answer
    assert "1 system" in answer
    assert text[:20] in answer
    assert "DASHSCOPE_API_KEY" in answer
    assert 60 <= len(answer.split()) <= 120


def test_fallback_speaks_chinese() -> None:
    answer = said("你觉得爱是什么？")
    assert "练习端点" in answer
    assert "你觉得爱是什么" in answer
    assert 60 <= len(answer) <= 260


def test_long_messages_are_answered_in_time() -> None:
    begin = time.perf_counter()
    for piece in ("a", "什么是", "write a poem about ", "1 ", "in ", "{", "[[", '"'):
        text = piece * (1_000_000 // len(piece))
        assert said(text)
    assert time.perf_counter() - begin < 5
