using MlKit.Inference;

namespace MlKit.Scorer.Rest;

/// <summary>Which outputs a request wants as binary data: its wish per output, or else the one for the whole request.</summary>
internal static class BinaryWishes
{
    /// <summary>Every output is wanted as binary data.</summary>
    public static Func<Tensor, bool> All { get; } = _ => true;

    private static Func<Tensor, bool> None { get; } = _ => false;

    /// <summary>Tells whether an output is wanted as binary data.</summary>
    /// <exception cref="InferenceException">A wish is not a boolean.</exception>
    public static Func<Tensor, bool> Of(InferRequest request)
    {
        var otherwise = request.Parameters.TryGetValue("binary_data_output", out var wish) && wish is true ? All : None;
        Dictionary<string, bool>? each = null;
        for (var i = 0; i < request.Outputs.Count; i++)
        {
            if (request.Outputs[i].Parameters.TryGetValue("binary_data", out var value))
            {
                (each ??= new Dictionary<string, bool>(StringComparer.Ordinal))[request.Outputs[i].Name] = value as bool? ?? throw new InferenceException(
                    InferenceErrorKind.InvalidArgument, $"output '{request.Outputs[i].Name}': parameter 'binary_data' is '{value}'; allowed: true or false");
            }
        }

        return each is null ? otherwise : output => each.TryGetValue(output.Name, out var one) ? one : otherwise(output);
    }
}
