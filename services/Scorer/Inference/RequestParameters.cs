using System.Globalization;
using MlKit.Inference;
using MlKit.Scorer.Scheduling;

namespace MlKit.Scorer.Inference;

/// <summary>The request parameters that the protocol reserves; all others belong to the model.</summary>
/// <param name="Priority">1 is the highest; 0: the default.</param>
/// <param name="Timeout">Ticks that the request may wait; 0: as long as the model's rules say.</param>
/// <param name="Own">All others, written in one way; null: none.</param>
internal readonly record struct RequestParameters(ulong Priority, long Timeout, string? Own)
{
    private const string ReservedPrefix = "triton_";

    /// <exception cref="InferenceException">InvalidArgument: one has a wrong value; the message names it.</exception>
    public static RequestParameters Read(IReadOnlyDictionary<string, object> parameters)
    {
        if (parameters.Count == 0)
        {
            return default;
        }

        var (priority, timeout, own) = (0UL, 0UL, new SortedDictionary<string, object>(StringComparer.Ordinal));
        foreach (var (name, value) in parameters)
        {
            switch (name)
            {
                case "priority":
                    priority = Whole(name, value);
                    break;
                case "timeout":
                    timeout = Whole(name, value);
                    break;
                case "sequence_id" when value is not (string or ulong or long and >= 0):
                    throw Wrong(name, value, "a text or a whole number, 0 or above");
                case "sequence_start" or "sequence_end" or "binary_data_output" when value is not bool:
                    throw Wrong(name, value, "true or false");
                case "sequence_id" or "sequence_start" or "sequence_end" or "binary_data_output" or "headers" or "triton_enable_empty_final_response":
                    break;
                case var _ when name.StartsWith(ReservedPrefix, StringComparison.Ordinal):
                    throw Wrong(name, value, $"names that do not begin with {ReservedPrefix}");
                default:
                    own[name] = value;
                    break;
            }
        }

        return new RequestParameters(priority, SchedulingRules.Microseconds(timeout), own.Count == 0 ? null : Write(own));
    }

    private static string Write(SortedDictionary<string, object> own) =>
        string.Join('\n', own.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value.GetType().Name}:{pair.Value}")));

    private static ulong Whole(string name, object value) => value switch
    {
        ulong number => number,
        long and >= 0 => (ulong)(long)value,
        _ => throw Wrong(name, value, "a whole number, 0 or above"),
    };

    private static InferenceException Wrong(string name, object value, string allowed) =>
        new(InferenceErrorKind.InvalidArgument, $"request parameter '{name}' is '{value}'; allowed: {allowed}");
}
