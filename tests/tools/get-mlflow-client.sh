#!/usr/bin/env bash
# The real MLflow client and what its models need, in .tools/python-mlflow.
exec "$(dirname "$0")/python-client.sh" python-mlflow "mlflow, onnx, onnxruntime, pandas, sklearn, skops, PIL" \
    mlflow-skinny pandas pillow scikit-learn skops onnx onnxruntime
