import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const DEFAULTS = Object.freeze({ retries: 3, baseDelay: 250, timeout: 30_000 });
const RETRYABLE = new Set([408, 409, 429, 500, 502, 503, 504]);

export class ApiError extends Error {
  constructor(status, body, requestId) {
    super(body?.error?.message ?? `HTTP ${status}`);
    this.name = "ApiError";
    this.status = status;
    this.code = body?.error?.code ?? null;
    this.requestId = requestId;
  }
}

/** Splits a byte stream into server-sent events. */
export async function* parseEvents(stream) {
  const decoder = new TextDecoder();
  let buffer = "";
  for await (const chunk of stream) {
    buffer += decoder.decode(chunk, { stream: true });
    let boundary;
    while ((boundary = buffer.indexOf("\n\n")) !== -1) {
      const lines = buffer.slice(0, boundary).split("\n");
      buffer = buffer.slice(boundary + 2);
      const data = lines
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice(5).trimStart())
        .join("\n");
      if (data === "[DONE]") return;
      if (data) yield JSON.parse(data);
    }
  }
}

export class ChatClient extends EventEmitter {
  #key;
  #history = [];

  constructor({ baseURL, apiKey, model, ...options } = {}) {
    super();
    if (!apiKey) throw new TypeError("apiKey is required");
    this.baseURL = baseURL.replace(/\/+$/, "");
    this.model = model;
    this.options = { ...DEFAULTS, ...options };
    this.#key = apiKey;
  }

  get history() {
    return structuredClone(this.#history);
  }

  async #post(path, payload, attempt = 0) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), this.options.timeout);
    try {
      const response = await fetch(`${this.baseURL}${path}`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Authorization: `Bearer ${this.#key}`,
        },
        body: JSON.stringify(payload),
        signal: controller.signal,
      });
      if (response.ok) return response;
      const requestId = response.headers.get("x-request-id");
      const body = await response.json().catch(() => undefined);
      if (RETRYABLE.has(response.status) && attempt < this.options.retries) {
        const delay = this.options.baseDelay * 2 ** attempt * (0.5 + Math.random());
        this.emit("retry", { attempt, delay, status: response.status });
        await sleep(delay);
        return this.#post(path, payload, attempt + 1);
      }
      throw new ApiError(response.status, body, requestId);
    } finally {
      clearTimeout(timer);
    }
  }

  async ask(question, { temperature = 0.7, onToken = () => {} } = {}) {
    this.#history.push({ role: "user", content: question });
    const response = await this.#post("/chat/completions", {
      model: this.model,
      messages: this.#history,
      stream: true,
      stream_options: { include_usage: true },
      temperature,
    });
    let answer = "";
    let usage = null;
    for await (const event of parseEvents(response.body)) {
      usage = event.usage ?? usage;
      const delta = event.choices?.[0]?.delta;
      if (delta?.content) {
        answer += delta.content;
        onToken(delta.content);
      }
    }
    this.#history.push({ role: "assistant", content: answer });
    this.emit("answer", { answer, usage });
    return answer;
  }
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const client = new ChatClient({
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:8765/compatible-mode/v1",
    apiKey: process.env.DASHSCOPE_API_KEY ?? "sk-practice",
    model: "qwen-plus",
  });
  client.on("retry", ({ attempt, delay }) => console.warn(`attempt ${attempt + 1} failed, waiting ${delay | 0} ms`));
  await client.ask(process.argv.slice(2).join(" ") || "Hello!", {
    onToken: (token) => process.stdout.write(token),
  });
  process.stdout.write("\n");
}
