"""What the tutor says of itself, wherever it has to: it never passes for a model."""

from helpers.practice.tutor.question import Language

WHAT: dict[Language, str] = {
    "en": "I am the practice endpoint of this notebook series: a program on this machine with scripted skills, offline "
    "and free, not a language model.",
    "zh": "我是本系列 notebook 的练习端点：运行在本机、写好规则的程序，离线、免费，不是大模型。",
}
UNABLE: dict[Language, str] = {
    "en": "The practice endpoint, which is not a model, has no skill for this.",
    "zh": "练习端点不是大模型，没有适合这个问题的技能。",
}
CAN: dict[Language, str] = {
    "en": "I can compare decimals, calculate, count letters, solve small puzzles, explain the terms of this series, "
    "write texts on a topic, call "
    "declared tools and answer in JSON, in English and Chinese.",
    "zh": "我会比较小数、做算术、数字母、解小谜题、讲解本系列的术语、按主题写短文、调用声明的工具、输出 JSON，"
    "中英文都可以。",
}
REAL: dict[Language, str] = {
    "en": "For answers of a real model, put your key into the file .env as DASHSCOPE_API_KEY and run the notebook "
    "again.",
    "zh": "想得到真正模型的回答，请把 key 以 DASHSCOPE_API_KEY 写进 .env 文件，再重新运行 notebook。",
}
