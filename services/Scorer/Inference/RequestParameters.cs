using MlKit.Inference;

namespace MlKit.Scorer.Inference;

/// <summary>Checks the request parameters that the protocol reserves; all others belong to the model.</summary>
internal static class RequestParameters
{
    private const string ReservedPrefix = "triton_";

    public static void Check(IReadOnlyDictionary<string, object> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            switch (name)
            {
                case "priority" or "timeout" when value is not (ulong or long and >= 0):
                    throw Wrong(name, value, "a whole number, 0 or above");
                case "sequence_id" when value is not (string or ulong or long and >= 0):
                    throw Wrong(name, value, "a text or a whole number, 0 or above");
                case "sequence_start" or "sequence_end" or "binary_data_output" when value is not bool:
                    throw Wrong(name, value, "true or false");
                case "triton_enable_empty_final_response":
                    break;
                case var _ when name.StartsWith(ReservedPrefix, StringComparison.Ordinal):
                    throw Wrong(name, value, $"names that do not begin with {ReservedPrefix}");
                default:
                    break;
            }
        }
    }

    private static InferenceException Wrong(string name, object value, string allowed) =>
        new(InferenceErrorKind.InvalidArgument, $"request parameter '{name}' is '{value}'; allowed: {allowed}");
}
