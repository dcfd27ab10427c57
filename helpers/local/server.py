"""The program in the server's process: takes an order as one line of JSON, says where it listens, and waits to end.

The end is the end of its standard input, which comes when the process at the other end stops, however it stops.
"""

import json
import os
import signal
import sys


def serve(order: dict):
    """Start llama.cpp's server as ordered. It answers in threads of its own, as long as somebody holds it."""
    import xllamacpp  # loads llama.cpp, which fails where the system lacks a library of it

    params = xllamacpp.CommonParams()
    params.model.path = order["file"]
    params.model_alias = {order["model"]}
    params.api_keys = [order["key"]]
    params.n_ctx, params.n_predict, params.n_parallel = order["context"], order["longest"], order["at_once"]
    params.kv_unified = True  # one call may use the whole context, when the others leave it
    params.cpuparams.n_threads, params.cpuparams_batch.n_threads = order["threads"], order["threads"]
    # For calls that set none. With llama.cpp's own 0.8, so small a model slips into other languages.
    params.sampling.temp, params.sampling.top_p = 0.2, 0.9
    params.n_gpu_layers = 0  # so small a model gains nothing from it
    params.cache_ram_mib = 0  # by default, up to 8 GB of earlier prompts
    params.fit_params = params.warmup = params.ui = params.endpoint_slots = False
    params.verbosity = -1
    return xllamacpp.Server(params)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupting a cell, or Ctrl-C, is meant for the other process
    order = json.loads(sys.stdin.readline())
    try:
        server = serve(order)
        said = {"address": server.listening_address}
    except Exception as error:
        said = {"error": f"{type(error).__name__}: {error}".rstrip(". ")}
    print(json.dumps(said), flush=True)
    sys.stdin.read()
    os._exit(0)  # at once: taking the server apart while it answers crashes


if __name__ == "__main__":
    main()
