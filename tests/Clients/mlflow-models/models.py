"""Makes an ONNX model, and loads with the real MLflow client what the C# client logged of it.

usage: models.py make FILE
       models.py load TRACKING_URI MODEL_URI
"""
import os
import sys

import numpy as np


def make(path):
    import onnx
    from onnx import TensorProto, helper

    two = helper.make_tensor("two", TensorProto.FLOAT, [1], [2.0])
    one = helper.make_tensor("one", TensorProto.FLOAT, [1], [1.0])
    graph = helper.make_graph(
        [helper.make_node("Mul", ["x", "two"], ["scaled"]), helper.make_node("Add", ["scaled", "one"], ["y"])],
        "line",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 4])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 4])],
        [two, one],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, path)


def load(tracking_uri, model_uri):
    import mlflow
    import mlflow.onnx
    import mlflow.pyfunc
    from mlflow.models import Model
    from onnx.reference import ReferenceEvaluator

    mlflow.set_tracking_uri(tracking_uri)
    values = np.arange(8, dtype=np.float32).reshape(2, 4)
    expected = values * 2 + 1

    model = mlflow.onnx.load_model(model_uri)
    (answer,) = ReferenceEvaluator(model).run(None, {"x": values})
    np.testing.assert_allclose(answer, expected)

    loaded = mlflow.pyfunc.load_model(model_uri)
    for given in (values, {"x": values}):
        answer = loaded.predict(given)
        np.testing.assert_allclose(answer["y"] if isinstance(answer, dict) else answer, expected)

    signature = loaded.metadata.signature
    assert signature.inputs.input_names() == ["x"], signature
    assert signature.inputs.numpy_types() == [np.dtype("float32")], signature
    assert signature.inputs.inputs[0].shape == (-1, 4), signature
    assert signature.outputs.input_names() == ["y"], signature
    try:
        loaded.predict(np.zeros((2, 4), dtype="int64").astype("str"))
    except Exception:
        pass
    else:
        raise AssertionError("the signature was not enforced")

    folder = mlflow.artifacts.download_artifacts(model_uri)
    described = Model.load(os.path.join(folder, "MLmodel"))
    assert set(described.flavors) == {"onnx", "python_function"}, described.flavors
    assert described.model_id and described.run_id, described.to_dict()
    example = described.load_input_example(folder)
    np.testing.assert_allclose(example["x"] if isinstance(example, dict) else example, [[1, 2, 3, 4]])
    info = mlflow.models.get_model_info(model_uri)
    assert info.signature == signature
    print("ok")


if __name__ == "__main__":
    {"make": make, "load": load}[sys.argv[1]](*sys.argv[2:])
