namespace MlKit.Mlflow;

/// <summary>The files beside MLmodel from which Python serving tools build an environment.</summary>
internal static class ModelEnvironmentFiles
{
    public const string PythonVersion = "3.11.9";

    private const string Requirements = "onnx\nonnxruntime\nnumpy\npandas\n";

    private const string CondaYaml = $"""
        channels:
        - conda-forge
        dependencies:
        - python={PythonVersion}
        - pip
        - pip:
          - mlflow
          - onnx
          - onnxruntime
        name: mlflow-env

        """;

    private const string PythonEnvYaml = $"""
        python: '{PythonVersion}'
        build_dependencies:
        - pip
        - setuptools
        - wheel
        dependencies:
        - -r requirements.txt

        """;

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["requirements.txt"] = Requirements,
        ["conda.yaml"] = CondaYaml.ReplaceLineEndings("\n"),
        ["python_env.yaml"] = PythonEnvYaml.ReplaceLineEndings("\n"),
    };
}
