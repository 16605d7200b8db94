"""Drives a running scorer with the real tritonclient: HTTP, gRPC and their asyncio forms.

usage: check.py --http HOST:PORT --grpc HOST:PORT --models FOLDER [--absent MODEL ...] [--adder MODEL]
FOLDER holds one folder per model with test vectors; MODEL of --adder answers y = x + 1 on FP32 [N, 2].
"""

import argparse
import asyncio
import pathlib
import queue
import sys
import traceback

import numpy
import tritonclient.grpc as grpcclient
import tritonclient.grpc.aio as grpcaio
import tritonclient.http as httpclient
import tritonclient.http.aio as httpaio
from tritonclient.utils import InferenceServerException, np_to_triton_dtype

from vectors import same, sets

CHECKS = []
AT_ONCE = 32


def check(function):
    CHECKS.append(function)
    return function


def inputs(module, tensors, **how):
    wanted = []
    for name, values in tensors:
        wanted.append(module.InferInput(name, list(values.shape), np_to_triton_dtype(values.dtype)))
        wanted[-1].set_data_from_numpy(values, **how)
    return wanted


def compare(result, expected):
    response = result.get_response()
    names = [one["name"] for one in response["outputs"]] if isinstance(response, dict) else [one.name for one in response.outputs]
    for index, (name, values) in enumerate(expected):
        actual = result.as_numpy(name or names[index])
        assert same(values, actual), f"output {name or names[index]}: {actual.ravel()[:5]} is not {values.ravel()[:5]}"


def row(value):
    return numpy.array([[value, -value]], dtype="float32")


def belongs(result, value):
    assert same(row(value) + 1, result.as_numpy("y")), f"the answer to {value} is {result.as_numpy('y')}"


def refused(call, status, *words):
    try:
        call()
    except InferenceServerException as error:
        assert error.status() in status, f"status {error.status()}, expected one of {status}"
        for word in words:
            assert word in error.message(), f"'{word}' is not in '{error.message()}'"
        return
    raise AssertionError("no InferenceServerException")


@check
def every_model_answers_its_vectors(it):
    for folder in it.models:
        assert it.http.is_model_ready(folder.name) and it.grpc.is_model_ready(folder.name), folder.name
        for given, expected in sets(folder):
            compare(it.http.infer(folder.name, inputs(httpclient, given)), expected)
            compare(it.http.infer(folder.name, inputs(httpclient, given, binary_data=False)), expected)
            compare(it.grpc.infer(folder.name, inputs(grpcclient, given)), expected)


@check
def every_model_answers_the_asyncio_clients(it):
    async def run():
        async with httpaio.InferenceServerClient(it.http_url) as http, grpcaio.InferenceServerClient(it.grpc_url) as grpc:
            for folder in it.models:
                assert await http.is_model_ready(folder.name) and await grpc.is_model_ready(folder.name), folder.name
                for given, expected in sets(folder):
                    compare(await http.infer(folder.name, inputs(httpaio, given)), expected)
                    compare(await http.infer(folder.name, inputs(httpaio, given, binary_data=False)), expected)
                    compare(await grpc.infer(folder.name, inputs(grpcaio, given)), expected)

    asyncio.run(run())


@check
def metadata_configuration_and_health(it):
    for client in (it.http, it.grpc):
        assert client.is_server_live() and client.is_server_ready()
    extensions = it.http.get_server_metadata()["extensions"]
    assert extensions == list(it.grpc.get_server_metadata().extensions)
    assert "system_shared_memory" not in extensions and "trace" not in extensions
    metadata = it.http.get_model_metadata(it.adder)
    assert metadata["inputs"] == [{"name": "x", "datatype": "FP32", "shape": [-1, 2]}], metadata
    config = it.http.get_model_config(it.adder)
    assert config["input"][0]["data_type"] == "TYPE_FP32" and config["name"] == it.adder, config
    assert it.grpc.get_model_config(it.adder).config.max_batch_size == config["max_batch_size"]


@check
def errors_are_the_ordinary_ones(it):
    for client, module, missing, wrong in (
            (it.http, httpclient, ("404",), ("400",)), (it.grpc, grpcclient, ("StatusCode.NOT_FOUND",), ("StatusCode.INVALID_ARGUMENT",))):
        refused(lambda: client.infer("no-such-model", inputs(module, [("x", row(1))])), missing, "no-such-model")
        refused(lambda: client.infer(it.adder, inputs(module, [("x", row(1))]), model_version="99"), missing, "99")
        refused(lambda: client.infer(it.adder, inputs(module, [("z", row(1))])), wrong, "'z'")
        refused(lambda: client.infer(it.adder, inputs(module, [("x", row(1).astype("int32"))])), wrong, "INT32", "FP32")
        refused(lambda: client.infer(it.adder, inputs(module, [("x", numpy.zeros((1, 3), "float32"))])), wrong, "[1,3]")
        refused(lambda: client.infer(it.adder, inputs(module, [("x", row(1))]), outputs=[module.InferRequestedOutput("nope")]), wrong, "nope")
        belongs(client.infer(it.adder, inputs(module, [("x", row(2))])), 2)


@check
def extensions_that_are_not_there_raise_the_ordinary_error(it):
    for client, codes in ((it.http, ("404", "501")), (it.grpc, ("StatusCode.UNIMPLEMENTED",))):
        refused(client.get_system_shared_memory_status, codes)
        refused(lambda: client.register_system_shared_memory("r", "/r", 64), codes)
        refused(client.get_cuda_shared_memory_status, codes)
        refused(client.get_trace_settings, codes)
        refused(client.get_log_settings, codes)
    shared = httpclient.InferInput("x", [1, 2], "FP32")
    shared.set_shared_memory("r", 8)
    refused(lambda: it.http.infer(it.adder, [shared]), ("400",))


@check
def ids_priorities_timeouts_and_parameters(it):
    for client, module in ((it.http, httpclient), (it.grpc, grpcclient)):
        result = client.infer(it.adder, inputs(module, [("x", row(1))]), request_id="mine", priority=1, timeout=5_000_000, parameters={"own": "a", "n": 3})
        response = result.get_response()
        assert (response["id"] if isinstance(response, dict) else response.id) == "mine"
        belongs(result, 1)


@check
def compression_both_ways(it):
    many = numpy.arange(4000, dtype="float32").reshape(2000, 2)
    for algorithm in ("gzip", "deflate"):
        result = it.http.infer(
            it.adder, inputs(httpclient, [("x", many)]), request_compression_algorithm=algorithm, response_compression_algorithm=algorithm)
        assert same(many + 1, result.as_numpy("y"))
        assert same(many + 1, it.grpc.infer(it.adder, inputs(grpcclient, [("x", many)]), compression_algorithm=algorithm).as_numpy("y"))


@check
def classification(it):
    wanted = [httpclient.InferRequestedOutput("y", class_count=1)]
    assert it.http.infer(it.adder, inputs(httpclient, [("x", row(3))]), outputs=wanted).as_numpy("y").tolist() == [[b"4.000000:0"]]
    wanted = [grpcclient.InferRequestedOutput("y", class_count=2)]
    answer = it.grpc.infer(it.adder, inputs(grpcclient, [("x", row(3))]), outputs=wanted).as_numpy("y")
    assert answer.tolist() == [[b"4.000000:0", b"-2.000000:1"]], answer


@check
def many_at_once_over_http(it):
    with httpclient.InferenceServerClient(it.http_url, concurrency=AT_ONCE) as client:
        answers = [(value, client.async_infer(it.adder, inputs(httpclient, [("x", row(value))]), request_id=str(value))) for value in range(10 * AT_ONCE)]
        for value, answer in answers:
            result = answer.get_result()
            assert result.get_response()["id"] == str(value)
            belongs(result, value)


@check
def many_at_once_over_grpc(it):
    answers = queue.Queue()
    for value in range(10 * AT_ONCE):
        it.grpc.async_infer(it.adder, inputs(grpcclient, [("x", row(value))]), lambda result, error, value=value: answers.put((value, result, error)))
    for _ in range(10 * AT_ONCE):
        value, result, error = answers.get(timeout=60)
        assert error is None, error
        belongs(result, value)


@check
def many_at_once_with_asyncio(it):
    async def run():
        async with httpaio.InferenceServerClient(it.http_url, conn_limit=AT_ONCE) as http, grpcaio.InferenceServerClient(it.grpc_url) as grpc:
            async def ask(client, module, value):
                belongs(await client.infer(it.adder, inputs(module, [("x", row(value))])), value)

            await asyncio.gather(*(ask(http, httpaio, value) for value in range(AT_ONCE)), *(ask(grpc, grpcaio, value) for value in range(AT_ONCE)))

    asyncio.run(run())


@check
def streams_answer_in_order_and_survive_failures(it):
    answers = queue.Queue()
    with grpcclient.InferenceServerClient(it.grpc_url) as client:
        client.start_stream(lambda result, error: answers.put((result, error)))
        for value in range(AT_ONCE):
            client.async_stream_infer(it.adder if value != 5 else "no-such-model", inputs(grpcclient, [("x", row(value))]), request_id=str(value))
        for value in range(AT_ONCE):
            result, error = answers.get(timeout=60)
            if value == 5:
                assert error is not None and "no-such-model" in error.message(), error
            else:
                assert error is None and result.get_response().id == str(value), error
                belongs(result, value)
        client.async_stream_infer(it.adder, inputs(grpcclient, [("x", row(1))]), enable_empty_final_response=True)
        result, error = answers.get(timeout=60)
        assert error is None and result.get_response().parameters["triton_final_response"].bool_param
        client.stop_stream()


@check
def streams_with_asyncio(it):
    async def run():
        async def requests():
            for value in range(AT_ONCE):
                yield {"model_name": it.adder, "inputs": inputs(grpcaio, [("x", row(value))]), "request_id": str(value)}

        async with grpcaio.InferenceServerClient(it.grpc_url) as client:
            value = 0
            async for result, error in client.stream_infer(requests()):
                assert error is None, error
                belongs(result, value)
                value += 1
            assert value == AT_ONCE, value

    asyncio.run(run())


@check
def statistics_count_what_was_asked(it):
    before = it.http.get_inference_statistics(it.adder)["model_stats"][0]
    it.http.infer(it.adder, inputs(httpclient, [("x", numpy.zeros((3, 2), "float32"))]))
    after = it.http.get_inference_statistics(it.adder)["model_stats"][0]
    assert after["inference_count"] == before["inference_count"] + 3 and after["execution_count"] == before["execution_count"] + 1
    assert it.grpc.get_inference_statistics(it.adder).model_stats[0].inference_count == after["inference_count"]
    assert len(it.grpc.get_inference_statistics().model_stats) >= len(it.models) + 1


@check
def repository_calls(it):
    for client in (it.http, it.grpc):
        index = client.get_model_repository_index()
        listed = [one["name"] for one in index] if isinstance(index, list) else [one.name for one in index.models]
        assert it.adder in listed, listed
        client.unload_model(it.adder)
        ready = False
        try:
            ready = client.is_model_ready(it.adder)
        except InferenceServerException:
            pass
        assert not ready
        client.load_model(it.adder)
        assert client.is_model_ready(it.adder)
        refused(lambda: client.load_model("no-such-model"), ("404", "400", "StatusCode.NOT_FOUND", "StatusCode.INVALID_ARGUMENT"))
    it.http.load_model(it.adder, config='{"max_batch_size": 2}')
    refused(lambda: it.http.infer(it.adder, inputs(httpclient, [("x", numpy.zeros((3, 2), "float32"))])), ("400",), "batch size 3")
    it.http.load_model(it.adder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--http", required=True)
    parser.add_argument("--grpc", required=True)
    parser.add_argument("--models", required=True)
    parser.add_argument("--absent", nargs="*", default=[])
    parser.add_argument("--adder", required=True)
    it = parser.parse_args()
    it.http_url, it.grpc_url = it.http, it.grpc
    it.models = [folder for folder in sorted(pathlib.Path(it.models).iterdir()) if folder.is_dir() and folder.name not in it.absent]
    it.http, it.grpc = httpclient.InferenceServerClient(it.http_url, network_timeout=120), grpcclient.InferenceServerClient(it.grpc_url)
    failed = 0
    for function in CHECKS:
        try:
            function(it)
            print(f"ok   {function.__name__}", flush=True)
        except Exception:
            failed += 1
            print(f"FAIL {function.__name__}\n{traceback.format_exc()}", flush=True)
    print(f"{len(CHECKS) - failed} of {len(CHECKS)} checks passed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
