using System.Text;
using System.Text.Json;

namespace MlKit.Mlflow;

/// <summary>
/// The two files that hold an example input: the example itself, and what a scoring server is sent for it
/// (<c>{"inputs": ...}</c>).
/// </summary>
internal static class InputExampleFiles
{
    public const string Example = "input_example.json";
    public const string Serving = "serving_input_example.json";

    /// <summary>Names and contents.</summary>
    /// <exception cref="FormatException">The example is neither a list nor an object.</exception>
    public static IReadOnlyList<(string Name, byte[] Content)> Of(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var kind = document.RootElement.ValueKind;
            return kind is JsonValueKind.Array or JsonValueKind.Object
                ? [(Example, Encoding.UTF8.GetBytes(json)), (Serving, Encoding.UTF8.GetBytes($"{{\"inputs\": {json}}}"))]
                : throw new FormatException($"An input example is a list, or an object of lists by tensor name; it is {kind}.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"The input example is not JSON: {error.Message}", error);
        }
    }
}
