using System.Globalization;
using System.Text;

namespace MlKit.Mlflow;

/// <summary>Writes MLmodel files as YAML 1.1 block style, keys in the order that MLflow itself uses.</summary>
internal static class MlModelWriter
{
    public static string Write(MlModelFile file)
    {
        var yaml = new StringBuilder();
        Line(yaml, 0, "artifact_path", file.ArtifactPath);
        WriteFlavors(yaml, file.Flavors);
        yaml.Append("is_signature_from_type_hint: false\n");
        Line(yaml, 0, "mlflow_version", file.MlflowVersion);
        Line(yaml, 0, "model_id", file.ModelId);
        if (file.ModelSizeBytes is { } size)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"model_size_bytes: {size}\n");
        }

        Line(yaml, 0, "model_uuid", file.ModelUuid);
        Line(yaml, 0, "run_id", file.RunId);
        WriteInputExample(yaml, file);
        WriteSignature(yaml, file.Signature);
        yaml.Append("type_hint_from_example: false\n");
        Line(yaml, 0, "utc_time_created", MlModelFile.FormatTime(file.UtcTimeCreated));
        return yaml.ToString();
    }

    private static void WriteFlavors(
        StringBuilder yaml, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>> flavors)
    {
        yaml.Append("flavors:\n");
        foreach (var (name, values) in flavors.OrderBy(flavor => flavor.Key, StringComparer.Ordinal))
        {
            yaml.Append("  ").Append(name).Append(":\n");
            foreach (var (key, value) in values)
            {
                Scalar(yaml, 4, key, value);
            }

            if (name == "onnx")
            {
                yaml.Append("    providers:\n    - CPUExecutionProvider\n");
            }
            else if (name == "python_function")
            {
                yaml.Append("    env:\n      conda: conda.yaml\n      virtualenv: python_env.yaml\n");
            }
        }
    }

    private static void WriteInputExample(StringBuilder yaml, MlModelFile file)
    {
        if (file.HasInputExample)
        {
            yaml.Append("saved_input_example_info:\n  artifact_path: ").Append(InputExampleFiles.Example);
            yaml.Append("\n  serving_input_path: ").Append(InputExampleFiles.Serving).Append("\n  type: ndarray\n");
        }
    }

    private static void WriteSignature(StringBuilder yaml, ModelSignature? signature)
    {
        if (signature is not null)
        {
            yaml.Append("signature:\n");
            Scalar(yaml, 2, "inputs", signature.InputsJson);
            Scalar(yaml, 2, "outputs", signature.OutputsJson);
            Scalar(yaml, 2, "params", null);
        }
    }

    /// <summary>A key whose absence says the same as null.</summary>
    private static void Line(StringBuilder yaml, int indent, string key, string? value)
    {
        if (value is not null)
        {
            Scalar(yaml, indent, key, value);
        }
    }

    /// <summary>Text is always quoted: a YAML 1.1 reader would take 1.10 for a number and a date for a date.</summary>
    private static void Scalar(StringBuilder yaml, int indent, string key, string? value)
    {
        yaml.Append(' ', indent).Append(key).Append(": ");
        if (value is null)
        {
            yaml.Append("null\n");
        }
        else
        {
            yaml.Append('\'').Append(value.Replace("'", "''", StringComparison.Ordinal)).Append("'\n");
        }
    }
}
