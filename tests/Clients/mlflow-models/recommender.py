"""Loads the champions that the training worker registered with the real MLflow client, and asks them.

usage: recommender.py TRACKING_URI
"""
import sys

import mlflow
import mlflow.onnx
import mlflow.pyfunc
import numpy as np
import onnx
import onnxruntime


def champion(name):
    uri = f"models:/{name}@champion"
    proto = mlflow.onnx.load_model(uri)
    onnx.checker.check_model(proto)
    session = onnxruntime.InferenceSession(proto.SerializeToString())
    return session, mlflow.pyfunc.load_model(uri)


def main(tracking_uri):
    mlflow.set_tracking_uri(tracking_uri)

    session, loaded = champion("recommender-ranker")
    width = session.get_inputs()[0].shape[1]
    rows = np.random.default_rng(1).normal(size=(20, width)).astype(np.float32)
    (expected,) = session.run(None, {"features": rows})
    assert expected.shape == (20, 1) and np.isfinite(expected).all()
    answer = loaded.predict({"features": rows})
    np.testing.assert_allclose(answer["scores"] if isinstance(answer, dict) else answer, expected, atol=1e-6)
    signature = loaded.metadata.signature
    assert signature.inputs.input_names() == ["features"] and signature.inputs.inputs[0].shape == (-1, width), signature

    session, loaded = champion("recommender-retrieval")
    assert loaded.metadata.signature.inputs.input_names() == ["item_ids", "weights", "k"], loaded.metadata.signature
    popular = session.run(["candidate_ids"], {"item_ids": np.zeros((1, 0), np.int64), "weights": np.zeros((1, 0), np.float32), "k": np.array([3], np.int64)})[0]
    question = {"item_ids": popular, "weights": np.ones((1, 3), np.float32), "k": np.array([10], np.int64)}
    ids, scores = session.run(["candidate_ids", "scores"], question)
    assert ids.shape == (1, 10) and not set(ids[0]) & set(popular[0]) and (np.diff(scores[0]) <= 0).all()
    answer = loaded.predict(question)
    np.testing.assert_array_equal(answer["candidate_ids"], ids)
    print("ok")


if __name__ == "__main__":
    main(sys.argv[1])
