"""The practice endpoint in the process of its client: first answer, a long stream, plain calls one after another.

python tests/benchmarks/endpoint.py
"""

from statistics import median
from time import perf_counter

from openai import OpenAI

RUNS = 7
CALLS = 200
LONG = [{"role": "user", "content": "Write 7000 words about rivers."}]
SHORT = [{"role": "user", "content": "Hello!"}]


def main() -> None:
    begin = perf_counter()
    from helpers.practice import server

    endpoint = server.start(pace="instant")
    started = perf_counter() - begin
    client = OpenAI(base_url=endpoint.base_url, api_key=endpoint.api_key)
    client.chat.completions.create(model="qwen-plus", messages=SHORT)
    print(f"started after {started * 1000:.0f} ms, first answer after {(perf_counter() - begin) * 1000:.0f} ms")

    chunks, times = 0, []
    for _ in range(RUNS):
        begin = perf_counter()
        chunks = sum(1 for _ in client.chat.completions.create(model="qwen-plus", messages=LONG, stream=True))
        times.append(perf_counter() - begin)
    print(
        f"stream of {chunks:,} chunks: {median(times):.2f} s, {chunks / median(times):,.0f} chunks/s (median of {RUNS})"
    )

    begin = perf_counter()
    for _ in range(CALLS):
        client.chat.completions.create(model="qwen-plus", messages=SHORT)
    print(f"{CALLS} plain calls: {CALLS / (perf_counter() - begin):,.0f} calls/s")


if __name__ == "__main__":
    main()
