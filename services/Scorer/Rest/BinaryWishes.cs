using MlKit.Inference;

namespace MlKit.Scorer.Rest;

/// <summary>Which outputs a request wants as binary data: its wish per output, or else the one for the whole request.</summary>
internal sealed class BinaryWishes
{
    private readonly bool _all;
    private readonly Dictionary<string, bool> _each = new(StringComparer.Ordinal);

    /// <exception cref="InferenceException">A wish is not a boolean.</exception>
    public BinaryWishes(InferRequest request)
    {
        _all = request.Parameters.TryGetValue("binary_data_output", out var wish) && wish is true;
        foreach (var output in request.Outputs)
        {
            if (output.Parameters.TryGetValue("binary_data", out var value))
            {
                _each[output.Name] = value as bool? ?? throw new InferenceException(
                    InferenceErrorKind.InvalidArgument, $"output '{output.Name}': parameter 'binary_data' is '{value}'; allowed: true or false");
            }
        }
    }

    public bool IsBinary(Tensor output) => _each.TryGetValue(output.Name, out var wish) ? wish : _all;
}
