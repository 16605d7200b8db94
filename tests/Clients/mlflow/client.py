"""Drives a tracking server with the real MLflow client, unchanged, and checks what it reads back.

usage: client.py http://127.0.0.1:5000 [name of a test ...]
Prints one line per test and 'ok' at the end; the exit code is 0 only when every test held.
"""
import concurrent.futures
import math
import os
import sys
import tempfile
import time
import traceback
import uuid

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1")
# Traces are then there when the traced call is over; the background queue takes many seconds to stop.
os.environ.setdefault("MLFLOW_ENABLE_ASYNC_TRACE_LOGGING", "false")

import mlflow  # noqa: E402
import numpy  # noqa: E402
import pandas  # noqa: E402
from mlflow import MlflowClient  # noqa: E402
from mlflow.entities import Metric, Param, RunTag, SpanEvent, ViewType  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402


def unique(name):
    return f"{name}-{uuid.uuid4().hex[:8]}"


def refused(code, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except MlflowException as error:
        assert error.error_code == code, (error.error_code, error.message)
    else:
        raise AssertionError(f"{call.__name__} was not refused")


def test_experiments(client):
    name = unique("experiment")
    experiment = client.create_experiment(name, tags={"team": "a"})
    assert client.get_experiment(experiment).name == name
    assert client.get_experiment_by_name(name).experiment_id == experiment
    assert client.get_experiment_by_name(unique("nobody")) is None
    refused("RESOURCE_ALREADY_EXISTS", client.create_experiment, name)
    client.set_experiment_tag(experiment, "team", "b")
    found = client.search_experiments(filter_string=f"name = '{name}' AND tags.team = 'b'")
    assert [item.experiment_id for item in found] == [experiment]
    client.rename_experiment(experiment, name + "-new")
    client.delete_experiment(experiment)
    assert client.get_experiment(experiment).lifecycle_stage == "deleted"
    client.restore_experiment(experiment)
    assert client.get_experiment(experiment).lifecycle_stage == "active"
    pages, token = [], None
    names = sorted(unique("paged") for _ in range(5))
    for item in names:
        client.create_experiment(item)
    while True:
        page = client.search_experiments(
            filter_string="name LIKE 'paged-%'", order_by=["name ASC"], max_results=2, page_token=token)
        pages += [item.name for item in page]
        token = page.token
        if not token:
            break
    assert pages == sorted(pages) and set(names) <= set(pages)


def test_runs(client):
    mlflow.set_experiment(unique("runs"))
    with mlflow.start_run(run_name="parent", tags={"kind": "outer"}) as parent:
        mlflow.log_param("lr", 0.1)
        mlflow.log_params({f"p{i}": i for i in range(150)})
        mlflow.log_metric("loss", 0.5, step=0)
        mlflow.log_metrics({f"m{i}": i / 2 for i in range(1200)}, step=1)
        mlflow.set_tags({"a b": "c", "é": "ü"})
        with mlflow.start_run(nested=True) as child:
            mlflow.log_metric("loss", 1)
    read = client.get_run(parent.info.run_id)
    assert read.info.status == "FINISHED" and read.info.run_name == "parent"
    assert read.data.params["p149"] == "149" and read.data.metrics["m1199"] == 599.5
    assert read.data.tags["a b"] == "c" and read.data.tags["é"] == "ü"
    assert client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"] == parent.info.run_id
    with mlflow.start_run(run_id=parent.info.run_id):
        mlflow.log_metric("resumed", 1)
    refused("INVALID_PARAMETER_VALUE", client.log_param, parent.info.run_id, "lr", 0.2)
    client.log_param(parent.info.run_id, "lr", 0.1)
    client.update_run(parent.info.run_id, status="KILLED", name="renamed")
    assert client.get_run(parent.info.run_id).data.tags["mlflow.runName"] == "renamed"
    client.delete_tag(parent.info.run_id, "a b")
    client.delete_run(parent.info.run_id)
    refused("INVALID_PARAMETER_VALUE", client.log_metric, parent.info.run_id, "x", 1)
    client.restore_run(parent.info.run_id)
    try:
        with mlflow.start_run() as failing:
            raise ValueError("on purpose")
    except ValueError:
        pass
    assert client.get_run(failing.info.run_id).info.status == "FAILED"


def test_metric_history(client):
    run = client.create_run("0").info.run_id
    now = int(time.time() * 1000)
    client.log_batch(run, metrics=[Metric("loss", 1 / (step + 1), now + step, step) for step in range(3000)])
    history = client.get_metric_history(run, "loss")
    assert [point.step for point in history] == list(range(3000))
    for value in (math.nan, math.inf, -math.inf):
        client.log_metric(run, f"special{value}", value)
    assert math.isnan(client.get_run(run).data.metrics["specialnan"])
    assert client.get_run(run).data.metrics["specialinf"] > 1e308
    client.log_batch(run, metrics=[Metric("twice", 1, now, 0)] * 2, params=[Param("p", "v")], tags=[RunTag("t", "x")])
    assert len(client.get_metric_history(run, "twice")) == 1


def test_search(client):
    experiment = client.create_experiment(unique("search"))
    runs = []
    for i in range(12):
        run = client.create_run(experiment, start_time=1000 + i, tags={"parity": "even" if i % 2 == 0 else "odd"})
        client.log_metric(run.info.run_id, "score", i / 10)
        client.log_param(run.info.run_id, "depth", i % 3)
        runs.append(run.info.run_id)

    def ids(filter_string="", **kwargs):
        return [run.info.run_id for run in client.search_runs([experiment], filter_string, **kwargs)]

    assert ids() == runs[::-1]
    assert ids("metrics.score > 0.85 AND tags.parity = 'even'", order_by=["metrics.score DESC"]) == [runs[10]]
    assert ids("params.depth = '1'", order_by=["start_time ASC"]) == runs[1::3]
    assert ids("params.nothing != 'x'") == []
    assert ids(f"run_id IN ('{runs[0]}', '{runs[3]}')", order_by=["start_time"]) == [runs[0], runs[3]]
    assert ids("tags.parity ILIKE 'EV%' AND metrics.score <= 0.2", order_by=["metrics.score"]) == [runs[0], runs[2]]
    refused("INVALID_PARAMETER_VALUE", ids, "metrics.score >")
    page = client.search_runs([experiment], max_results=5)
    rest = client.search_runs([experiment], max_results=50, page_token=page.token)
    assert len(page) == 5 and len(rest) == 7
    client.delete_run(runs[0])
    assert ids(run_view_type=ViewType.DELETED_ONLY) == [runs[0]]
    frame = mlflow.search_runs([experiment], filter_string="metrics.score >= 0.5")
    assert len(frame) == 7 and "params.depth" in frame.columns


def test_artifacts(client):
    mlflow.set_experiment(unique("artifacts"))
    with tempfile.TemporaryDirectory() as folder, mlflow.start_run() as run:
        os.makedirs(os.path.join(folder, "sub", "deep"))
        large = os.urandom(30_000_000)
        for name, content in {"a.txt": b"hello", "sub/empty.bin": b"", "sub/deep/é ü.txt": b"x", "large.bin": large}.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        mlflow.log_artifact(os.path.join(folder, "a.txt"))
        mlflow.log_artifacts(folder, "tree")
        mlflow.log_text("text", "notes/n.txt")
        mlflow.log_dict({"k": [1, 2]}, "notes/d.json")
        mlflow.log_table({"a": [1, 2]}, "table.json")
        mlflow.log_image(numpy.zeros((8, 8, 3), dtype=numpy.uint8), "image.png")
    run_id = run.info.run_id
    assert [item.path for item in client.list_artifacts(run_id, "tree")] == ["tree/a.txt", "tree/large.bin", "tree/sub"]
    assert client.list_artifacts(run_id, "a.txt") == []
    local = client.download_artifacts(run_id, "tree")
    with open(os.path.join(local, "large.bin"), "rb") as file:
        assert file.read() == large
    assert os.path.getsize(os.path.join(local, "sub", "empty.bin")) == 0
    assert os.path.exists(os.path.join(local, "sub", "deep", "é ü.txt"))
    assert mlflow.artifacts.load_dict(f"{run.info.artifact_uri}/notes/d.json") == {"k": [1, 2]}
    assert len(mlflow.load_table("table.json", run_ids=[run_id])) == 2
    mlflow.artifacts.download_artifacts(run_id=run_id, artifact_path="notes")
    client.log_text(run_id, "again", "notes/n.txt")
    assert mlflow.artifacts.load_text(f"runs:/{run_id}/notes/n.txt") == "again"


def test_datasets(client):
    mlflow.set_experiment(unique("datasets"))
    data = mlflow.data.from_pandas(pandas.DataFrame({"x": [1, 2]}), name="points")
    with mlflow.start_run() as run:
        mlflow.log_input(data, context="training")
        mlflow.log_input(data, context="training")
    inputs = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert [item.dataset.name for item in inputs] == ["points"]
    found = client.search_runs([run.info.experiment_id], "datasets.name = 'points' AND dataset.context = 'training'")
    assert [item.info.run_id for item in found] == [run.info.run_id]


def test_registry(client):
    name = unique("registered")
    client.create_registered_model(name, tags={"k": "v"}, description="d")
    refused("RESOURCE_ALREADY_EXISTS", client.create_registered_model, name)
    run = client.create_run("0").info
    first = client.create_model_version(name, f"{run.artifact_uri}/model", run.run_id, tags={"t": "1"})
    second = client.create_model_version(name, "s3://bucket/model", description="second")
    assert (str(first.version), str(second.version), second.status) == ("1", "2", "READY")
    client.set_registered_model_alias(name, "champion", "1")
    assert str(client.get_model_version_by_alias(name, "champion").version) == "1"
    client.set_registered_model_alias(name, "champion", "2")
    assert str(client.get_model_version_by_alias(name, "champion").version) == "2"
    assert str(client.get_registered_model(name).aliases["champion"]) == "2"
    client.delete_registered_model_alias(name, "champion")
    refused("INVALID_PARAMETER_VALUE", client.get_model_version_by_alias, name, "champion")
    client.transition_model_version_stage(name, "1", "Production")
    assert [str(item.version) for item in client.get_latest_versions(name, ["Production"])] == ["1"]
    client.set_model_version_tag(name, "1", "x", "y")
    client.delete_model_version_tag(name, "1", "t")
    assert client.get_model_version(name, "1").tags == {"x": "y"}
    assert {str(item.version) for item in client.search_model_versions(f"name = '{name}'")} == {"1", "2"}
    assert [item.name for item in client.search_registered_models(f"name = '{name}'")] == [name]
    client.update_registered_model(name, "new text")
    client.rename_registered_model(name, name + "-2")
    client.delete_model_version(name + "-2", "2")
    assert str(client.create_model_version(name + "-2", "s3://bucket/model").version) == "3"
    client.delete_registered_model(name + "-2")
    refused("RESOURCE_DOES_NOT_EXIST", client.get_registered_model, name + "-2")


def linear_onnx():
    from onnx import TensorProto, helper

    node = helper.make_node("MatMul", ["x", "w"], ["y"])
    weights = helper.make_tensor("w", TensorProto.FLOAT, [2, 1], [2.0, 3.0])
    graph = helper.make_graph(
        [node], "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 2])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 1])], [weights])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def test_onnx_models(client):
    import mlflow.onnx

    mlflow.set_experiment(unique("onnx"))
    name = unique("onnx")
    example = numpy.array([[1, 1]], dtype=numpy.float32)
    with mlflow.start_run() as run:
        mlflow.log_metric("auc", 0.9)
        info = mlflow.onnx.log_model(
            linear_onnx(), name="net", input_example=example, registered_model_name=name, pip_requirements=["onnx"])
    assert mlflow.onnx.load_model(info.model_uri).graph.name == "g"
    client.set_registered_model_alias(name, "champion", "1")
    for uri in (info.model_uri, f"models:/{name}@champion", f"models:/{name}/1", f"models:/{name}/latest", f"runs:/{run.info.run_id}/net"):
        answer = mlflow.pyfunc.load_model(uri).predict(example)
        assert float(answer["y"][0][0]) == 5.0, uri
    logged = client.get_logged_model(info.model_id)
    assert str(logged.status) in ("READY", "LoggedModelStatus.READY") and logged.source_run_id == run.info.run_id
    client.set_logged_model_tags(info.model_id, {"k": "v"})
    found = client.search_logged_models([run.info.experiment_id], filter_string="name = 'net' AND tags.k = 'v'")
    assert [item.model_id for item in found] == [info.model_id]
    assert client.get_run(run.info.run_id).outputs.model_outputs[0].model_id == info.model_id


def test_sklearn_models(client):
    import mlflow.sklearn
    from sklearn.linear_model import LinearRegression

    mlflow.set_experiment(unique("sklearn"))
    model = LinearRegression().fit([[0.0], [1.0]], [0.0, 2.0])
    with mlflow.start_run():
        info = mlflow.sklearn.log_model(model, name="line", pip_requirements=["scikit-learn"])
    assert abs(mlflow.pyfunc.load_model(info.model_uri).predict([[2.0]])[0] - 4) < 1e-9
    client.delete_logged_model(info.model_id)
    refused("RESOURCE_DOES_NOT_EXIST", client.get_logged_model, info.model_id)


def test_tracing(client):
    experiment = client.create_experiment(unique("traces"))
    mlflow.set_experiment(experiment_id=experiment)

    @mlflow.trace(name="add", span_type="TOOL", attributes={"kind": "sum"})
    def add(a, b):
        with mlflow.start_span(name="inner") as inner:
            inner.set_inputs({"a": a, "b": b})
            inner.add_event(SpanEvent("noted", attributes={"é": "ü"}))
        if b < 0:
            raise ValueError("negative")
        return a + b

    def traces(filter_string=None):
        return client.search_traces(locations=[experiment], filter_string=filter_string, order_by=["timestamp_ms ASC"])

    add(1, 2)
    with mlflow.start_run() as run:
        add(3, 4)
    try:
        add(1, -1)
    except ValueError:
        pass
    found = traces()
    assert [str(trace.info.state) for trace in found] == ["OK", "OK", "ERROR"], found
    assert [len(trace.data.spans) for trace in found] == [2, 2, 2]
    root, inner = found[0].data.spans
    assert (root.name, root.span_type, root.outputs, root.attributes["kind"]) == ("add", "TOOL", 3, "sum")
    assert inner.parent_id == root.span_id and inner.inputs == {"a": 1, "b": 2}
    assert inner.events[0].name == "noted" and inner.events[0].attributes == {"é": "ü"}
    read = client.get_trace(found[1].info.trace_id)
    assert read.info.request_preview == '{"a": 3, "b": 4}' and read.info.response_preview == "7"
    ids = [trace.info.trace_id for trace in found]
    for expected, filter_string in (
        (ids[2:], "status = 'ERROR'"), (ids, "name = 'add'"), (ids[1:2], f"run_id = '{run.info.run_id}'"),
        (ids, "span.type = 'TOOL' AND span.attributes.kind LIKE '%sum%'"), ([], "span.name = 'nothing'"),
        (ids[2:], "trace.text LIKE '%negative%'"), ([], "execution_time_ms > 3600000"),
    ):
        assert [trace.info.trace_id for trace in traces(filter_string)] == expected, filter_string
    client.set_trace_tag(ids[0], "reviewed", "yes")
    assert [trace.info.trace_id for trace in traces("tags.reviewed = 'yes'")] == ids[:1]
    client.delete_trace_tag(ids[0], "reviewed")
    assert traces("tags.reviewed = 'yes'") == []
    assert client.delete_traces(experiment, trace_ids=ids[:1]) == 1
    assert client.delete_traces(experiment, max_timestamp_millis=int(time.time() * 1000) + 1000) == 2
    assert traces() == []


def test_twenty_threads_logging_at_once(client):
    experiment = client.create_experiment(unique("threads"))

    def work(number):
        run = client.create_run(experiment).info.run_id
        for step in range(25):
            client.log_metric(run, "m", step, timestamp=1000 + step, step=step)
            client.log_batch(run, metrics=[Metric(f"b{i}", step, 1000 + step, step) for i in range(5)])
        client.log_param(run, "number", number)
        client.log_text(run, str(number), "out/number.txt")
        client.set_terminated(run)
        return run, number

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        runs = list(pool.map(work, range(20)))
    for run, number in runs:
        assert [point.step for point in client.get_metric_history(run, "m")] == list(range(25))
        read = client.get_run(run)
        assert read.data.params["number"] == str(number) and read.data.metrics["b4"] == 24
        assert read.info.status == "FINISHED"
    assert len(client.search_runs([experiment], max_results=100)) == 20


def main():
    mlflow.set_tracking_uri(sys.argv[1])
    client = MlflowClient()
    wanted = sys.argv[2:]
    failed = []
    for name, test in list(globals().items()):
        if name.startswith("test_") and (not wanted or name in wanted):
            started = time.time()
            try:
                test(client)
                print(f"{name}: held in {time.time() - started:.1f} s", flush=True)
            except Exception:  # noqa: BLE001
                failed.append(name)
                print(f"{name}: FAILED", flush=True)
                traceback.print_exc()
    print("ok" if not failed else f"failed: {', '.join(failed)}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
