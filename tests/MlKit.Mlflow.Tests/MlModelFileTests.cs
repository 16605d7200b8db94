using MlKit.Mlflow;

namespace MlKit.Tests;

public sealed class MlModelFileTests
{
    private const string WrittenByPython = """
        artifact_path: mlflow-artifacts:/1/models/m-0123456789abcdef0123456789abcdef/artifacts
        flavors:
          onnx:
            code: null
            data: model.onnx
            onnx_session_options: null
            onnx_version: 1.17.0
            providers:
            - CPUExecutionProvider
          python_function:
            data: model.onnx
            env:
              conda: conda.yaml
              virtualenv: python_env.yaml
            loader_module: mlflow.onnx
            python_version: 3.11.9
        is_signature_from_type_hint: false
        mlflow_version: 3.3.2
        model_id: m-0123456789abcdef0123456789abcdef
        model_size_bytes: 12345
        model_uuid: m-0123456789abcdef0123456789abcdef
        prompts: null
        run_id: 0123456789abcdef0123456789abcdef
        saved_input_example_info:
          artifact_path: input_example.json
          type: dataframe
        signature:
          inputs: '[{"name": "x", "type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 4]}}]'
          outputs: '[{"type": "double", "name": "a", "required": true}]'
          params: null
        utc_time_created: '2025-01-31 12:34:56.789012'
        """;

    [Fact]
    public void A_file_written_by_python_is_read()
    {
        var file = MlModelFile.Parse(WrittenByPython);
        Assert.Equal("model.onnx", file.OnnxFile);
        Assert.Equal("mlflow.onnx", file.Flavors["python_function"]["loader_module"]);
        Assert.Null(file.Flavors["onnx"]["code"]);
        Assert.Equal(12345, file.ModelSizeBytes);
        Assert.True(file.HasInputExample);
        Assert.Equal(new DateTimeOffset(2025, 1, 31, 12, 34, 56, 789, 12, TimeSpan.Zero), file.UtcTimeCreated);
        var input = Assert.Single(file.Signature!.Inputs);
        Assert.Equal(("x", "float32"), (input.Name, input.DataType));
        Assert.Equal([-1, 4], input.Shape);
        Assert.Empty(file.Signature.Outputs);
        Assert.Contains("double", file.Signature.OutputsJson, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var written = new MlModelFile
        {
            ArtifactPath = "mlflow-artifacts:/1/it's",
            RunId = "0123",
            ModelId = "m-1",
            ModelUuid = "m-1",
            MlflowVersion = "3.10",
            ModelSizeBytes = 7,
            HasInputExample = true,
            UtcTimeCreated = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
            Flavors = MlModelFile.OnnxFlavors(),
            Signature = new ModelSignature(
                [new TensorSpec("item_ids", "int64", [1, -1]), new TensorSpec("k", "int64", [1])],
                [new TensorSpec("scores", "float32", [1, -1])]),
        };
        var read = MlModelFile.Parse(written.ToYaml());
        Assert.Equal(
            (written.ArtifactPath, written.RunId, written.MlflowVersion, written.ModelSizeBytes, written.UtcTimeCreated),
            (read.ArtifactPath, read.RunId, read.MlflowVersion, read.ModelSizeBytes, read.UtcTimeCreated));
        Assert.Equal("model.onnx", read.OnnxFile);
        Assert.Equal(written.Signature.InputsJson, read.Signature!.InputsJson);
        Assert.Equal(["item_ids", "k"], read.Signature.Inputs.Select(input => input.Name!));
        Assert.True(read.HasInputExample);
    }

    [Theory]
    [InlineData("name: x", "flavors")]
    [InlineData("- a", "not a mapping")]
    [InlineData("a: [", "not an MLmodel file")]
    public void Anything_else_is_refused_with_the_reason(string yaml, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => MlModelFile.Parse(yaml)).Message, StringComparison.Ordinal);
}
